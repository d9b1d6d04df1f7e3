import type { JsonSchema } from './json-schema.ts';
import { mapSubschemas } from './map-subschemas.ts';

type Definitions = Readonly<Record<string, JsonSchema>>;

const REFERENCE = /^#\/definitions\/([^/]+)/;

/** The definitions that a schema leads to, and those that are kept for others to name. */
export function withoutUnused(
  schema: JsonSchema,
  definitions: Definitions,
  kept: readonly string[],
): Definitions {
  const used = new Set<string>();
  const waiting = [...namesIn(schema), ...kept];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const definition = definitions[name];
    if (used.has(name) || definition === undefined) continue;
    used.add(name);
    waiting.push(...namesIn(definition));
  }
  return Object.fromEntries(Object.entries(definitions).filter(([name]) => used.has(name)));
}

function namesIn(schema: JsonSchema): string[] {
  const names: string[] = [];
  const visit = (here: JsonSchema): JsonSchema => {
    const name = REFERENCE.exec(here.$ref ?? '')?.[1];
    if (name !== undefined) names.push(name);
    return mapSubschemas(here, visit);
  };
  visit(schema);
  return names;
}
