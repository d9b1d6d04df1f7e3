import { isDeepStrictEqual } from 'node:util';
import { SCHEMA_KEY } from '../layers/without-schema-key.ts';
import { SHARED_FIELDS } from '../shape/choose-pipeline.ts';
import { LAYER_FIELDS, pipelineSchema } from '../shape/config-schema.ts';
import { conditional } from './conditional.ts';
import type { JsonSchema } from './json-schema.ts';
import { partialOf } from './partial-definitions.ts';
import { environmentFields, pipelineFields } from './pipeline-schema.ts';
import { requiredKeys } from './required-keys.ts';
import { type KnownStage, type StageClassSchema, stageClassSchema } from './stage-class-schema.ts';
import { stageDefinitions } from './stage-schema.ts';
import { partialStagesSchema, stagesSchema } from './stages-schema.ts';
import { refTo } from './to-definitions.ts';
import { PLACEHOLDER_DEFINITIONS } from './with-placeholders.ts';
import { withoutUnused } from './without-unused.ts';

/** A class that a config uses, and the stages that are of it. */
export interface UsedClass extends KnownStage {
  readonly ids: readonly string[];
}

export interface KnownConfig {
  readonly classes: readonly UsedClass[];
  /** The ids of all its stages. */
  readonly ids: readonly string[];
}

export interface FileSchema {
  readonly schema: JsonSchema;
  readonly classes: readonly StageClassSchema[];
}

/** So many ids can be chosen from; nobody reads a longer list. */
const MOST_IDS = 500;

/** The JSON Schema of a config file: the general one, with the params of the stages that are known. */
export function fileSchema(known: KnownConfig): FileSchema {
  const classes = known.classes.map((used, index) => stageClassSchema(used, index + 1));
  const ids = known.ids.length > MOST_IDS ? [] : known.ids;
  const classOfId = new Map(
    known.classes.flatMap((used, index): [string, StageClassSchema][] => {
      const schema = classes[index];
      return schema === undefined ? [] : used.ids.map((id) => [id, schema]);
    }),
  );
  const file: JsonSchema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Millrace config',
    description: 'Stages and how they depend on each other.',
    ...closedFile(),
    allOf: [
      conditional(has('pipelines'), { met: { propertyNames: { enum: BESIDE_PIPELINES } } }),
      conditional(has('extends'), { met: PARTIAL, unmet: WHOLE }),
    ],
  };
  const definitions = {
    ...pipelineDefinitions(),
    stages: stagesSchema(),
    [partialOf('stages')]: partialStagesSchema(ids.length === 0 ? new Map() : classOfId),
    ...stageDefinitions({ classes, ids }),
    ...PLACEHOLDER_DEFINITIONS,
  };
  return { schema: { ...file, definitions: withoutUnused(file, definitions, NAMED) }, classes };
}

/** Parts that a file of its own is, and names as its schema: `schema.json#/definitions/base`. */
const NAMED = ['base', 'environment'];

type Fields = Readonly<Record<string, JsonSchema>>;

/** Keys of a file that none of its pipelines has. */
const FILE_KEYS = ['pipelines', ...LAYER_FIELDS];
const BESIDE_PIPELINES = [SCHEMA_KEY, ...FILE_KEYS, ...SHARED_FIELDS];

/** What any file may hold for its editor. */
const FOR_EDITORS: Fields = {
  [SCHEMA_KEY]: { description: 'The JSON Schema of this file, for an editor.', type: 'string' },
};

/** A file that says all by itself. */
const WHOLE: JsonSchema = {
  properties: { stages: ref('stages'), pipelines: each('wholePipeline') },
  ...conditional(has('pipelines'), {
    unmet: { required: [...requiredKeys(pipelineSchema), 'stages'] },
  }),
};

/** A file that builds upon others. */
const PARTIAL: JsonSchema = {
  properties: { stages: ref(partialOf('stages')), pipelines: each('partialPipeline') },
};

/** All keys of a file; what its stages may be is said beside it. */
function closedFile(): JsonSchema {
  const fields = pipelineFields();
  return closed({ ...FOR_EDITORS, ...shared(fields, fields) });
}

function pipelineDefinitions(): Fields {
  const fields = pipelineFields();
  const own = Object.entries(fields).filter(([key]) => !FILE_KEYS.includes(key));
  return {
    pipeline: closed(Object.fromEntries(own)),
    wholePipeline: {
      allOf: [ref('pipeline')],
      properties: { stages: ref('stages') },
      required: ['stages'],
    },
    partialPipeline: {
      allOf: [ref('pipeline')],
      properties: { stages: ref(partialOf('stages')) },
    },
    environment: {
      ...closed({ ...FOR_EDITORS, ...shared(environmentFields(), fields) }),
      allOf: [PARTIAL],
    },
    // For a file that others extend.
    base: { ...closedFile(), allOf: [PARTIAL] },
  };
}

function closed(properties: Fields): JsonSchema {
  return { type: 'object', properties, additionalProperties: false };
}

/** Fields that are those of a pipeline are written once. */
function shared(fields: Fields, ofPipeline: Fields): Fields {
  const entries = Object.entries(fields).map(([key, field]) => {
    const isShared = !FILE_KEYS.includes(key) && isDeepStrictEqual(field, ofPipeline[key]);
    return [key, isShared ? { $ref: `${refTo('pipeline')}/properties/${key}` } : field];
  });
  return Object.fromEntries(entries);
}

function has(key: string): JsonSchema {
  return { required: [key] };
}

function ref(name: string): JsonSchema {
  return { $ref: refTo(name) };
}

function each(name: string): JsonSchema {
  return { type: 'object', additionalProperties: ref(name) };
}
