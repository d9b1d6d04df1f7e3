import type { JsonSchema } from './json-schema.ts';
import { mapSubschemas } from './map-subschemas.ts';

/** For `definitions`: the schemas that {@link withPlaceholders} refers to. */
export const PLACEHOLDER_DEFINITIONS = {
  placeholder: {
    description: `A placeholder that gives the whole value: \${param}, \${env:NAME}, \${env:NAME:-default} or \${secret:NAME}.`,
    type: 'string',
    pattern: '^\\$\\{.*\\}$',
  },
  textWithPlaceholder: {
    description: `A text that holds a placeholder: \${param}, \${env:NAME}, \${env:NAME:-default} or \${secret:NAME}.`,
    type: 'string',
    pattern: '\\$\\{',
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

const PLACEHOLDER: JsonSchema = { $ref: '#/definitions/placeholder' };
const TEXT_WITH_PLACEHOLDER: JsonSchema = { $ref: '#/definitions/textWithPlaceholder' };

/** What limits which texts are accepted. A text with a placeholder is never empty. */
const TEXT_LIMITS = ['pattern', 'format', 'maxLength', 'allOf', 'not', '$ref'] as const;
/** What editors show beside a value; it belongs to the value, whichever way it is written. */
const ANNOTATIONS = ['title', 'description', 'default', 'examples'] as const;

/**
 * The schema of a value as it may be written in a config, where `${...}` may stand for any part of it
 * and is filled in before the value is checked.
 */
export function withPlaceholders(schema: JsonSchema): JsonSchema {
  const inner = withInnerPlaceholders(schema);
  const stand = placeholderFor(inner);
  if (stand === undefined) return inner;
  const { annotations, rest } = split(inner);
  const isUnion = rest.anyOf !== undefined && Object.keys(rest).length === 1;
  return { ...annotations, anyOf: [...(isUnion ? (rest.anyOf ?? []) : [rest]), stand] };
}

/** As {@link withPlaceholders}, for a value that is read before placeholders are filled in; what is in it is not. */
export function withInnerPlaceholders(schema: JsonSchema): JsonSchema {
  return mapSubschemas(inclusive(schema), (inner, role) => {
    if (role === 'test') return inner;
    const isWritten = role === 'value' || role === 'item';
    return isWritten ? withPlaceholders(inner) : withInnerPlaceholders(inner);
  });
}

/** The texts that may stand for a value although its schema refuses them; undefined when it refuses none of them. */
export function placeholderFor(schema: JsonSchema): JsonSchema | undefined {
  if (acceptsAnyText(schema) || acceptsNothing(schema)) return undefined;
  return mayBeText(schema) ? TEXT_WITH_PLACEHOLDER : PLACEHOLDER;
}

/** A placeholder may fit several options, which `oneOf` would take for a fault. */
function inclusive(schema: JsonSchema): JsonSchema {
  const { oneOf, ...rest } = schema;
  if (oneOf === undefined) return schema;
  return rest.anyOf === undefined ? { ...rest, anyOf: oneOf } : { allOf: [rest, { anyOf: oneOf }] };
}

function acceptsAnyText(schema: JsonSchema): boolean {
  if (schema.enum !== undefined || 'const' in schema) return false;
  if ((schema.minLength ?? 0) > 1 || TEXT_LIMITS.some((limit) => limit in schema)) return false;
  if (schema.anyOf !== undefined && !schema.anyOf.some(acceptsAnyText)) return false;
  return schema.type === undefined || typesOf(schema).includes('string');
}

/** Whether some text fits, as far as it can be told here: what is referred to is not looked up. */
function mayBeText(schema: JsonSchema): boolean {
  if (schema.enum !== undefined) return schema.enum.some((value) => typeof value === 'string');
  if ('const' in schema) return typeof schema.const === 'string';
  if (schema.type !== undefined) return typesOf(schema).includes('string');
  return schema.anyOf?.some(mayBeText) ?? schema.allOf?.every(mayBeText) ?? true;
}

function acceptsNothing({ not }: JsonSchema): boolean {
  return not !== undefined && Object.keys(not).length === 0;
}

function typesOf({ type }: JsonSchema): readonly string[] {
  return typeof type === 'string' ? [type] : (type ?? []);
}

function split(schema: JsonSchema): { annotations: JsonSchema; rest: JsonSchema } {
  const isAnnotation = (keyword: string): boolean =>
    ANNOTATIONS.some((annotation) => annotation === keyword);
  const entries = Object.entries(schema);
  return {
    annotations: Object.fromEntries(entries.filter(([keyword]) => isAnnotation(keyword))),
    rest: Object.fromEntries(entries.filter(([keyword]) => !isAnnotation(keyword))),
  };
}
