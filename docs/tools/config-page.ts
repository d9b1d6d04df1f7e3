import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { authoredStageSchema, z } from '@millrace/core';
import { GENERATED } from './generated-note.ts';
import { type JsonSchema, keyTable, toJsonSchema } from './key-table.ts';
import { packages } from './repository.ts';

const SEVERAL = `A file with several pipelines has \`pipelines\`, a map from names to pipelines, in place of \`name\` and
\`stages\`. \`store\`, \`params\`, \`logging\`, \`concurrency\`, \`durability\`, \`failureMode\`, \`onFailure\` and \`limits\` may stand beside it and
hold for all of them. \`extends\` and \`environments\` stand at the top of a file only.`;

const FORMATS = `## Formats

| ending | format |
|---|---|
| \`.yaml\`, \`.yml\` | YAML 1.2, one document, without merge keys |
| \`.json\` | JSON, without comments |
| \`.jsonc\` | JSON with comments and trailing commas |
| \`.json5\` | JSON5 |
| \`.toml\` | TOML |
| \`.ts\`, \`.mts\`, \`.cts\`, \`.js\`, \`.mjs\`, \`.cjs\` | a module whose default export is an object, or a function that returns one |

\`.millracerc\` without an ending is YAML, which JSON is too. All formats have the same keys.`;

const ENVIRONMENT = `## Environment

A value of \`environments\`, or a file such as \`pipeline.prod.yaml\` beside \`pipeline.yaml\`. It may hold the keys of a
pipeline, none of them required, but neither \`extends\` nor \`environments\`. Its \`stages\` holds, by id, what
changes of a stage, or a whole stage more. In a file with several pipelines, it may hold \`pipelines\`, a map from
their names to such values.`;

const UNITS = `## Durations

A number and a unit: \`250ms\`, \`1.5s\`, \`5m\`, \`2h\`, \`1d\`. A bare number is refused.

## Sizes

A number and a unit: \`512B\`, \`64kB\`, \`10MB\`, \`2GB\` (thousands), \`64KiB\`, \`10MiB\`, \`1.5GiB\` (1,024 each). \`K\`, \`KB\` and a bare
number are refused. No key above holds a size; a stage may ask for one in [its params](../guides/write-a-stage.md#durations-and-sizes).`;

const PLACEHOLDERS = `## Placeholders

| written | stands for |
|---|---|
| \`\${name}\` | the param \`name\`, with its type when it is the whole value |
| \`\${env:NAME}\` | the environment variable, as text; it must be set |
| \`\${env:NAME:-default}\` | the same, or \`default\` when it is not set or empty |
| \`\${secret:NAME}\` | the secret, by default the environment variable; redacted in all output |
| \`\${env:NAME\\|type}\`, \`\${env:NAME\\|type:-default}\`, \`\${secret:NAME\\|type}\` | the same, checked and with its [type](../guides/layers.md#types-of-placeholders): \`text\`, \`int\`, \`number\`, \`boolean\`, \`json\`, \`duration\`, \`size\` |
| \`\${matrix.name}\`, \`\${foreach.name}\` | in a repeated stage: the value of the instance, with its type |
| \`$\${\` | a plain \`\${\` |

They may stand in every value, but not in keys and not in \`extends\`.`;

/** The page of all keys of a config. */
export async function configPage(): Promise<string> {
  const { pipeline, stage, inner } = await schemas();
  const parts = [
    GENERATED,
    '# Config reference',
    `All keys of a config file. [Configure a pipeline](../guides/configure-a-pipeline.md) explains them
with examples. A key that is not listed here is refused.`,
    `## Pipeline\n\n${keyTable(pipeline, '')}\n| \`stages\` | map from ids to [stages](#stage), or a list of stages each with \`id\` | required | A stage is a class, or [a pipeline](#stage-that-is-a-pipeline). |`,
    SEVERAL,
    ENVIRONMENT,
    `## Logging\n\n${keyTable(pipeline.properties?.logging ?? {}, 'logging.')}`,
    `## Limit\n\nA value of \`limits\` of the pipeline. It holds at least one of these.\n\n${keyTable(valuesUnder(pipeline.properties?.limits), 'limit.')}`,
    `## Stage\n\n${keyTable(stage, 'stage.')}`,
    `## Stage that is a pipeline\n\nIts stages stand where it stands. See [a pipeline as a stage](../guides/reuse-stages.md#a-pipeline-as-a-stage-pipeline).\n\n${keyTable(inner, 'inner.')}`,
    `## Retry\n\nThe value of \`retry\` of a stage.\n\n${keyTable(stage.properties?.retry ?? {}, 'stage.retry.')}`,
    UNITS,
    PLACEHOLDERS,
    FORMATS,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What a map holds under any of its keys. */
function valuesUnder(map: JsonSchema | undefined): JsonSchema {
  return typeof map?.additionalProperties === 'object' ? map.additionalProperties : {};
}

interface ConfigSchemas {
  readonly pipeline: JsonSchema;
  readonly stage: JsonSchema;
  /** Of a stage that is a pipeline. */
  readonly inner: JsonSchema;
}

async function schemas(): Promise<ConfigSchemas> {
  const { pipelineSchema } = await source<{ pipelineSchema: z.ZodType }>('shape/config-schema.ts');
  const { expansionShape, subPipelineSchema } = await source<{
    expansionShape: z.ZodRawShape;
    subPipelineSchema: z.ZodObject;
  }>('expand/authored-expansion.ts');
  return {
    pipeline: toJsonSchema(pipelineSchema),
    stage: toJsonSchema(z.strictObject({ ...authoredStageSchema.shape, ...expansionShape })),
    inner: toJsonSchema(z.strictObject({ ...subPipelineSchema.shape, ...expansionShape })),
  };
}

/** A module of the package that it does not export. */
async function source<Module>(path: string): Promise<Module> {
  const config = packages().find(({ name }) => name === '@millrace/config');
  return import(pathToFileURL(join(config?.folder ?? '', 'src', path)).href);
}
