import type { JsonSchema } from './json-schema.ts';
import { mapSubschemas } from './map-subschemas.ts';

/**
 * Makes a schema a part of a larger one: under `name` in the `definitions` of that one, with its own
 * definitions beside it, and all references changed to lead there.
 */
export function toDefinitions(
  name: string,
  schema: JsonSchema,
): Readonly<Record<string, JsonSchema>> {
  const { definitions = {}, ...root } = schema;
  const inner = Object.entries(definitions);
  const renamed = new Map([
    ['#', refTo(name)],
    ...inner.map(([own], index): [string, string] => [
      refTo(own.replaceAll('~', '~0').replaceAll('/', '~1')),
      refTo(`${name}.${index}`),
    ]),
  ]);
  return Object.fromEntries([
    [name, rebased(root, renamed)],
    ...inner.map(([, definition], index) => [`${name}.${index}`, rebased(definition, renamed)]),
  ]);
}

/** A reference into `definitions`. */
export function refTo(name: string): string {
  return `#/definitions/${name}`;
}

function rebased(schema: JsonSchema, renamed: ReadonlyMap<string, string>): JsonSchema {
  const { $ref } = schema;
  const changed = mapSubschemas(schema, (inner) => rebased(inner, renamed));
  return $ref === undefined ? changed : { ...changed, $ref: renamed.get($ref) ?? $ref };
}
