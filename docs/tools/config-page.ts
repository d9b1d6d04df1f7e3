import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { authoredStageSchema, z } from '@millrace/core';
import { GENERATED } from './generated-note.ts';
import { packages } from './repository.ts';

/** The part of JSON Schema that the schemas of a config use. */
interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
}

/** Texts whose schema reads a duration; their own description hides that. */
const DURATIONS = ['timeout', 'grace', 'delay', 'maxDelay'];

/** Defaults that the engine fills in, which the schemas do not hold. */
const DEFAULTS: Readonly<Record<string, string>> = {
  concurrency: '4',
  durability: '`strict`',
  failureMode: '`no-new`',
  store: '`sqlite:.millrace/millrace.db`',
  context: '`{}`',
  inputs: '`[]`',
  'logging.level': '`info`',
  'logging.dir': '`logs` beside the store',
  'stage.with': '`{}`',
  'stage.needs': '`[]`',
  'stage.timeout': 'none',
  'stage.grace': '`5s`',
  'stage.critical': '`true`',
  'stage.retry.attempts': '1',
  'stage.retry.backoff': '`exponential`',
  'stage.retry.delay': '`1s`',
  'stage.retry.maxDelay': '`1m`',
  'stage.retry.jitter': '`true`',
};

/** What the schemas leave unsaid because it takes more than a line; the guides say it in full. */
const MORE: Readonly<Record<string, string>> = {
  name: 'Runs are listed by it. Without control characters, at most 200.',
  params: `Values for \`\${name}\`, which callers may override.`,
  logging: 'See [logging](#logging).',
  'stage.retry': 'See [retry](#retry).',
  'stage.critical': '`false`: a failure only degrades the run.',
  description: 'For people.',
  durability: 'When a commit is on the disk. See [durability](../guides/durability-and-speed.md).',
  failureMode:
    'What a critical failure does to the rest. See [failures](../guides/failures.md#failure-modes).',
  'stage.description': 'For people.',
};

const DURATIONS_SECTION = `## Durations

A number and a unit: \`250ms\`, \`1.5s\`, \`5m\`, \`2h\`, \`1d\`. A bare number is refused.`;

const PLACEHOLDERS_SECTION = `## Placeholders

| written | stands for |
|---|---|
| \`\${name}\` | the param \`name\`, with its type when it is the whole value |
| \`\${env:NAME}\` | the environment variable; it must be set |
| \`\${env:NAME:-default}\` | the same, or \`default\` when it is not set or empty |
| \`\${secret:NAME}\` | the secret, by default the environment variable; redacted in all output |
| \`$\${\` | a plain \`\${\` |`;

/** The page of all keys of a config. */
export async function configPage(): Promise<string> {
  const config = packages().find(({ name }) => name === '@millrace/config');
  const file = join(config?.folder ?? '', 'dist', 'shape', 'config-schema.js');
  const { pipelineSchema }: { pipelineSchema: z.ZodType } = await import(pathToFileURL(file).href);
  const pipeline = toJson(pipelineSchema);
  const stage = toJson(authoredStageSchema);
  const parts = [
    GENERATED,
    '# Config reference',
    `All keys of a config file. [Configure a pipeline](../guides/configure-a-pipeline.md) explains them
with examples. A key that is not listed here is refused.`,
    `## Pipeline\n\n${table(pipeline, '')}\n| \`stages\` | map from ids to [stages](#stage), or a list of stages each with \`id\` | required | |`,
    'A file with several pipelines has `pipelines`, a map from names to pipelines, in place of `name` and\n`stages`. `store`, `params` and `logging` may stand beside it and hold for all of them.',
    `## Logging\n\n${table(pipeline.properties?.logging ?? {}, 'logging.')}`,
    `## Stage\n\n${table(stage, 'stage.')}`,
    `## Retry\n\nThe value of \`retry\` of a stage.\n\n${table(stage.properties?.retry ?? {}, 'stage.retry.')}`,
    DURATIONS_SECTION,
    PLACEHOLDERS_SECTION,
  ];
  return `${parts.join('\n\n')}\n`;
}

function toJson(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

function table({ properties = {}, required = [] }: JsonSchema, prefix: string): string {
  const rows = Object.entries(properties).map(([key, schema]) => {
    const path = `${prefix}${key}`;
    const fallback = DEFAULTS[path] ?? '';
    const type = DURATIONS.includes(key) ? '[duration](#durations)' : typeOf(schema);
    const meaning = MORE[path] ?? schema.description ?? '';
    return `| \`${key}\` | ${type} | ${required.includes(key) ? 'required' : fallback} | ${meaning} |`;
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
