import { duration, z } from '@millrace/core';

const restart = z.strictObject({
  /** Failures in a row after which the stream stops; the first one counts. */
  attempts: z.int().min(1).prefault(8),
  delay: duration().prefault('1s'),
  maxDelay: duration().prefault('1m'),
});

/** How a stream goes about its messages. Plain data with units, so that it can stand in a config file. */
export const streamSettingsSchema = z.strictObject({
  /** Messages that run at the same time. They share the instances of the stages. Default 1. */
  concurrency: z.int().min(1).prefault(1),
  /** Of one key. Default 1: messages of a key run one after the other, in their order. */
  concurrencyPerKey: z.int().min(1).prefault(1),
  queue: z
    .strictObject({
      /** Messages that wait to run, in memory. Default 1,000. */
      capacity: z.int().min(1).prefault(1000),
      /**
       * What becomes of one too many. `block` (default): nothing more is taken from the source. `drop-oldest`: the one
       * that waits longest ends as `dropped`, counted. `spill`: it waits in a file.
       */
      overflow: z.enum(['block', 'drop-oldest', 'spill']).prefault('block'),
      /** The folder of that file. Default: that of the system for temporary files. */
      folder: z.string().optional(),
    })
    .prefault({}),
  buffer: z
    .strictObject({
      /** The buffer is flushed when its oldest message has waited for so long. Default 60s. */
      interval: duration().prefault('60s'),
      /** It is flushed when it holds so many. Default 1,000. */
      size: z.int().min(1).prefault(1000),
      /** Messages that are buffered or being decided as groups. Default ten times `size`. */
      capacity: z.int().min(1).optional(),
      /** As of the queue; what is to be grouped must be in memory, so it cannot be spilled. */
      overflow: z.enum(['block', 'drop-oldest']).prefault('block'),
    })
    .prefault({}),
  /** Messages whose id, or own key, came within the window end as `duplicate`. `false`: none does. */
  deduplication: z
    .union([
      z.literal(false),
      z.strictObject({
        /** Default 10m. */
        window: duration().prefault('10m'),
        /** Most ids that are remembered, and most keys; the oldest are forgotten. Default 100,000. */
        limit: z.int().min(1).prefault(100_000),
      }),
    ])
    .prefault({}),
  /**
   * What is held against the schemas of the stages. `always` (default): inputs and outputs, as in a run. `border`:
   * only inputs that come from outside of the pipeline, and schemas that change what they read.
   */
  check: z.enum(['always', 'border']).prefault('always'),
  /** Of a failed message. Default `failed`. */
  failedStatus: z.string().min(1).prefault('failed'),
  /** By the id of a critical stage: the status of a message that it fails, or `stop` for the whole stream. */
  onCriticalFailure: z
    .record(z.string(), z.union([z.literal('stop'), z.strictObject({ status: z.string().min(1) })]))
    .prefault({}),
  /** After an error of the source it is read anew. Default 8 attempts, from 1s to 1m. */
  sourceRestart: restart.prefault({}),
  /** After an error of the sink the messages are sent again; there is no end to it before the stream stops. */
  sinkRestart: restart.omit({ attempts: true }).prefault({}),
  /** What follows the last message of the source. Default `stop`. */
  whenSourceEnds: z.enum(['stop', 'wait']).prefault('stop'),
  /** How long `stop` lets messages end by themselves before they are cancelled. Default 30s. */
  stopDeadline: duration().prefault('30s'),
});

/** As they are written: `{ buffer: { interval: '60s' } }`. */
export type StreamSettingsInput = z.input<typeof streamSettingsSchema>;

/** As they are read: durations in milliseconds, defaults filled in. */
export type StreamSettings = z.output<typeof streamSettingsSchema>;
