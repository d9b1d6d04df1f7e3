import {
  authoredPipelineFieldsSchema,
  authoredStageSchema,
  type PathSegment,
  z,
} from '@millrace/core';
import { PARAM_NAME } from '../interpolate/template.ts';

const STORE = /^(?:memory$|sqlite:.)/;

export const loggingSchema = z.strictObject({
  level: z
    .enum(['error', 'warn', 'info', 'debug'])
    .optional()
    .describe('The least that is logged.'),
  dir: z.string().min(1).optional().describe('Folder of the log files, relative to the config.'),
});

/** What stands beside the fields of the pipeline in a config file. Stages are checked one by one. */
export const fileFieldsSchema = z.strictObject({
  store: z
    .string()
    .regex(STORE, 'expected memory or sqlite:PATH')
    .optional()
    .describe('Where runs are recorded.'),
  params: z
    .record(
      z.string().regex(PARAM_NAME, 'expected a name of letters, digits, "_", "-" and "."'),
      z.unknown(),
    )
    .optional()
    .describe(`Values for \${name}, which callers may override.`),
  logging: loggingSchema.optional(),
});

export type LoggingConfig = z.output<typeof loggingSchema>;

export const pipelineSchema = z.strictObject({
  ...authoredPipelineFieldsSchema.shape,
  ...fileFieldsSchema.shape,
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

export function knownStageKeys(path: readonly PathSegment[]): readonly string[] {
  return keysAt(authoredStageSchema, path);
}

function keysAt(schema: z.ZodType, path: readonly PathSegment[]): readonly string[] {
  let here: unknown = schema;
  for (const part of path) here = unwrap(Reflect.get(shapeOf(here), part));
  return Object.keys(shapeOf(here));
}

function shapeOf(schema: unknown): object {
  return schema instanceof z.ZodObject ? schema.shape : {};
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap())
    : schema;
}
