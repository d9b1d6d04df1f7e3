import type { JsonSchema } from './json-schema.ts';
import { mapSubschemas } from './map-subschemas.ts';
import { refTo } from './to-definitions.ts';

/** The name of the definition that says the same of a part of a value. */
export function partialOf(name: string): string {
  return `partial.${name}`;
}

/**
 * The same definitions for values of which other layers give the rest: no key is required. A list is
 * never put together from several layers, so what stands in one is whole.
 */
export function partialDefinitions(
  definitions: Readonly<Record<string, JsonSchema>>,
): Readonly<Record<string, JsonSchema>> {
  const renamed = new Map(
    Object.keys(definitions).map((name) => [refTo(name), refTo(partialOf(name))]),
  );
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [
      partialOf(name),
      partial(schema, renamed),
    ]),
  );
}

function partial(schema: JsonSchema, renamed: ReadonlyMap<string, string>): JsonSchema {
  const { required: _, ...rest } = schema;
  const { $ref } = rest;
  const changed = mapSubschemas(rest, (inner, role) =>
    role === 'test' || role === 'item' ? inner : partial(inner, renamed),
  );
  return $ref === undefined ? changed : { ...changed, $ref: renamed.get($ref) ?? $ref };
}
