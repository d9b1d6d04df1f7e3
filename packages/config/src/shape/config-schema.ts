import {
  authoredPipelineFieldsSchema,
  authoredStageSchema,
  type PathSegment,
  z,
} from '@millrace/core';
import { expansionShape, subPipelineSchema } from '../expand/authored-expansion.ts';
import { PARAM_NAME } from '../interpolate/template.ts';

const STORE = /^(?:memory$|sqlite:.)/;

export const loggingSchema = z.strictObject({
  level: z
    .enum(['error', 'warn', 'info', 'debug'])
    .optional()
    .describe('The least that is logged.'),
  dir: z.string().min(1).optional().describe('Folder of the log files, relative to the config.'),
});

/** Of a repeated stage, whose instances each have their own value. */
const VARIABLE_NAME = /^(?:matrix|foreach)\./;

/** What stands beside the fields of the pipeline in a config file. Stages are checked one by one. */
export const fileFieldsSchema = z.strictObject({
  store: z
    .string()
    .regex(STORE, 'expected memory or sqlite:PATH')
    .optional()
    .describe('Where runs are recorded.'),
  params: z
    .record(
      z
        .string()
        .regex(PARAM_NAME, 'expected a name of letters, digits, "_", "-" and "."')
        .refine(
          (name) => !VARIABLE_NAME.test(name),
          'must not begin with "matrix." or "foreach.", as the variables of a repeated stage do',
        ),
      z.unknown(),
    )
    .optional()
    .describe(`Values for \${name}, which callers may override.`),
  logging: loggingSchema.optional(),
});

export type LoggingConfig = z.output<typeof loggingSchema>;

/** The fields of an environment beside its stages: those of a pipeline, none of them needed. */
export const environmentFieldsSchema = z.strictObject({
  ...z.strictObject(authoredPipelineFieldsSchema.shape).partial().shape,
  ...fileFieldsSchema.shape,
});

/** A stage as an environment gives it: what it leaves out comes from the layers below. */
export const environmentStageSchema = z
  .strictObject({ ...subPipelineSchema.shape, ...authoredStageSchema.shape, ...expansionShape })
  .partial();

const environmentPipelineSchema = environmentFieldsSchema.extend({
  stages: z.record(z.string(), environmentStageSchema).optional(),
});

export const environmentSchema = environmentPipelineSchema.extend({
  pipelines: z.record(z.string(), environmentPipelineSchema).optional(),
});

const ENVIRONMENT_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u;

export const environmentNameSchema = z
  .string()
  .regex(ENVIRONMENT_NAME, 'expected a name of letters, digits, "_" and "-"');

/** More is no list of bases, and each costs a file to read. */
export const MAX_BASES = 20;

/** What only the top of a config file may hold: it says how layers come together. */
export const layerFieldsSchema = z.strictObject({
  extends: z
    .union([z.string().min(1), z.array(z.string().min(1)).max(MAX_BASES)])
    .optional()
    .describe(
      'Files to build upon, relative to this one; later ones win, this file wins over all.',
    ),
  environments: z
    .record(environmentNameSchema, environmentSchema)
    .optional()
    .describe('Values by the name of an environment, laid over the file when it is chosen.'),
});

export const LAYER_FIELDS: readonly string[] = Object.keys(layerFieldsSchema.shape);

export const pipelineSchema = z.strictObject({
  ...authoredPipelineFieldsSchema.shape,
  ...fileFieldsSchema.shape,
  ...layerFieldsSchema.shape,
});

export const PIPELINE_KEYS: readonly string[] = [
  ...Object.keys(pipelineSchema.shape),
  'stages',
  'pipelines',
];

/** The keys that the schema knows at a path inside a pipeline without stages. */
export function knownPipelineKeys(path: readonly PathSegment[]): readonly string[] {
  return path.length === 0 ? PIPELINE_KEYS : keysAt(pipelineSchema, path);
}

/** The same of an environment without stages. */
export function knownEnvironmentKeys(path: readonly PathSegment[]): readonly string[] {
  return keysAt(path.length === 0 ? environmentSchema : environmentFieldsSchema, path);
}

/** What a stage that is a class may hold, and what makes it another kind of stage. */
const stageFieldsSchema = z.strictObject({
  ...authoredStageSchema.shape,
  ...expansionShape,
  pipeline: subPipelineSchema.shape.pipeline,
});

export function knownStageKeys(path: readonly PathSegment[]): readonly string[] {
  return keysAt(stageFieldsSchema, path);
}

function keysAt(schema: z.ZodType, path: readonly PathSegment[]): readonly string[] {
  let here: unknown = schema;
  for (const part of path) here = unwrap(partOf(here, part));
  return Object.keys(shapeOf(here));
}

/** What stands under a key: of a record under any. */
function partOf(schema: unknown, key: PathSegment): unknown {
  return schema instanceof z.ZodRecord ? schema.valueType : Reflect.get(shapeOf(schema), key);
}

/** Of a choice the one that has fields of its own counts. */
function shapeOf(schema: unknown): object {
  if (schema instanceof z.ZodUnion)
    return shapeOf(schema.options.find((option) => option instanceof z.ZodObject));
  return schema instanceof z.ZodObject ? schema.shape : {};
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap())
    : schema;
}
