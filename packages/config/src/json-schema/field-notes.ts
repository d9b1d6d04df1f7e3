import { DEFAULT_CONCURRENCY, DEFAULT_GRACE_MS, NO_RETRY, toDefinition } from '@millrace/core';
import type { JsonSchema } from './json-schema.ts';

type Note = Pick<JsonSchema, 'description' | 'default' | 'examples'>;
/** By path: `retry.attempts`. */
export type FieldNotes = Readonly<Record<string, Note>>;

const ENGINE = toDefinition({ name: 'any' }, []);

/** Of the fields of a pipeline: what their schemas leave unsaid, and the defaults that the engine fills in. */
export const PIPELINE_NOTES: FieldNotes = {
  name: { description: 'Runs are listed by it.' },
  description: { description: 'For people.' },
  concurrency: { default: ENGINE.concurrency },
  durability: {
    description:
      'When a commit is on the disk. strict: before a dependant starts. pipelined: soon after, so that a crash loses at most the newest. none: nothing waits for the disk.',
    default: ENGINE.durability,
  },
  failureMode: {
    description:
      'What a critical failure does to the rest of the run. no-new: running stages finish, none starts. continue: whatever does not depend on the failed stage runs. kill: running stages are aborted.',
    default: ENGINE.failureMode,
  },
  onFailure: {
    description:
      'What becomes of what succeeded when the run fails or is cancelled. keep: a resume goes on from it. undo: stages that can take back what they did do so before the run ends.',
    default: ENGINE.onFailure,
  },
  limits: {
    description:
      'Caps by name on what runs at the same time (concurrency) and how often it starts (rate), and what to do when nothing works any more (breaker). Stages take part by naming them.',
    examples: [{ vendor: { concurrency: 3, rate: { calls: 50, per: '1m' } } }],
  },
  context: { default: ENGINE.context },
  inputs: { default: ENGINE.inputs },
  store: { default: 'sqlite:.millrace/millrace.db', examples: ['sqlite:runs.db', 'memory'] },
  params: {
    description: `Values for \${name}, which callers may override with --param name=value.`,
  },
  logging: { description: 'What is logged, and where the log files are.' },
  'logging.level': { default: 'info' },
};

/** Of the fields of a stage, likewise. */
export const STAGE_NOTES: FieldNotes = {
  description: { description: 'For people.' },
  with: { default: {} },
  timeout: {
    description: 'Limit of setup and run together, such as 5m. Without it there is none.',
  },
  grace: { default: duration(DEFAULT_GRACE_MS) },
  critical: { default: true },
  cacheable: { default: false },
  limits: {
    description:
      'Limits of the pipeline that each attempt takes a slot of, of a mapped stage each try of an item; as a map, so many slots.',
    default: [],
    examples: [['vendor'], { vendor: 2 }],
  },
  retry: { description: 'How often and when the stage is tried again after a failure.' },
  'retry.attempts': { default: NO_RETRY.attempts },
  'retry.backoff': { default: NO_RETRY.backoff },
  'retry.delay': { default: duration(NO_RETRY.delayMs) },
  'retry.maxDelay': { default: duration(NO_RETRY.maxDelayMs) },
  'retry.jitter': { default: NO_RETRY.jitter },
  'retry.on': {
    description:
      'Only these failures are tried again: reasons (threw, timed-out), codes (STAGE_TIMED_OUT, ECONNRESET), names of errors (HttpError). Causes of an error count too.',
    examples: [['timed-out', 'ECONNRESET']],
  },
  'retry.notOn': {
    description: 'These failures are never tried again, named likewise.',
    examples: [['AuthError']],
  },
  'map.concurrency': { default: DEFAULT_CONCURRENCY },
  'map.failureBudget': { default: 0, examples: [10, '5%'] },
};

/** The schema with notes on its fields; a note wins over what the schema says itself. */
export function withNotes(schema: JsonSchema, notes: FieldNotes, prefix = ''): JsonSchema {
  if (schema.properties === undefined) return schema;
  const properties = Object.entries(schema.properties).map(([key, field]) => {
    const path = `${prefix}${key}`;
    return [key, { ...withNotes(field, notes, `${path}.`), ...notes[path] }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

function duration(durationMs: number): string {
  return durationMs % 60_000 === 0 ? `${durationMs / 60_000}m` : `${durationMs / 1000}s`;
}
