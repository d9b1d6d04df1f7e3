import type { JsonSchema } from './json-schema.ts';

interface Consequences {
  readonly met?: JsonSchema;
  readonly unmet?: JsonSchema;
}

/** A schema that holds where a condition is met, and another where it is not. */
export function conditional(condition: JsonSchema, { met, unmet }: Consequences): JsonSchema {
  // Entry by entry: an object literal with a key `then` would look like a promise.
  const keywords: [keyword: string, schema: JsonSchema | undefined][] = [
    ['if', condition],
    ['then', met],
    ['else', unmet],
  ];
  return Object.fromEntries(keywords.filter(([, schema]) => schema !== undefined));
}
