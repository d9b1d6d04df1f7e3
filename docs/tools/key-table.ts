import { z } from '@millrace/core';
import { KEY_DEFAULTS, KEY_MEANINGS, KEY_VALUES } from './config-keys.ts';

/** The part of JSON Schema that the schemas of a config use. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
}

export function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

/** A row for each key of a map. @param prefix under which the texts of its keys stand: `stage.` */
export function keyTable({ properties = {}, required = [] }: JsonSchema, prefix: string): string {
  const rows = Object.entries(properties).map(([key, schema]) => {
    const path = `${prefix}${key}`;
    const value = KEY_VALUES[path] ?? typeOf(schema);
    const fallback = required.includes(key) ? 'required' : (KEY_DEFAULTS[path] ?? '');
    const meaning = KEY_MEANINGS[path] ?? schema.description ?? '';
    return `| \`${key}\` | ${value} | ${fallback} | ${meaning} |`;
  });
  return `| key | value | default | meaning |\n|---|---|---|---|\n${rows.join('\n')}`;
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((name) => `\`${name}\``).join(', ');
  if (schema.anyOf !== undefined) {
    return schema.anyOf.map((option) => typeOf(option)).join(', or ');
  }
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'integer':
      return `whole number${range(schema)}`;
    case 'number':
      return `number${range(schema)}`;
    case 'boolean':
      return '`true` or `false`';
    case 'array':
      return `list of ${typeOf(schema.items ?? {})}`;
    case 'object':
      return typeOfMap(schema);
    default:
      return 'anything';
  }
}

function typeOfMap({ properties, additionalProperties }: JsonSchema): string {
  if (properties === undefined) {
    const inner = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : '';
    return inner === '' || inner === 'anything' ? 'map' : `map to ${inner}`;
  }
  return `map with ${Object.keys(properties)
    .map((key) => `\`${key}\``)
    .join(', ')}`;
}

function range({ minimum, maximum }: JsonSchema): string {
  const hasMaximum = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (minimum === undefined) return hasMaximum ? `, at most ${maximum}` : '';
  return hasMaximum ? `, ${minimum} to ${maximum}` : `, at least ${minimum}`;
}
