import { PRICE_FEATURES } from '@millrace/quant';
import { z } from '../base/schema.ts';

const Share = z.number().min(0).max(1);

const Redis = z
  .strictObject({
    enabled: z.boolean().default(false),
    url: z.string().min(1).default('redis://127.0.0.1:6379'),
    /** `streams` loses nothing; `pubsub` is at most once: what is sent while nobody listens is gone. */
    mode: z.enum(['streams', 'pubsub']).default('streams'),
    group: z.string().min(1).default('ml4t'),
    consumer: z.string().min(1).default('ml4t-1'),
    channels: z
      .strictObject({
        signals: z.string().min(1).default('signals'),
        enriched: z.string().min(1).default('enriched_signals'),
      })
      .prefault({}),
  })
  .readonly();

const Labels = z
  .strictObject({
    takeProfit: z.number().min(0).default(2),
    stopLoss: z.number().min(0).default(1),
    /** Bars. */
    horizon: z.int().min(1).max(50).default(10),
    /** `ohlc`: highs and lows touch a barrier; `close`: closes only. */
    mode: z.enum(['ohlc', 'close']).default('ohlc'),
    /** Share of the price, both ways together. */
    cost: z.number().min(0).default(0),
  })
  .readonly();

const Vpin = z
  .strictObject({
    bucketVolume: z.number().positive().default(1000),
    /** By instrument, where the volume is of another order. A fiftieth of an average day is usual. */
    bucketVolumes: z.record(z.string(), z.number().positive()).default({}),
    buckets: z.int().min(1).default(50),
    classification: z.enum(['bulk', 'tick']).default('bulk'),
    /** `value`, or its `rank` among the 500 before it. */
    toxicity: z.enum(['value', 'rank']).default('value'),
  })
  .readonly();

const Monitor = z
  .strictObject({
    /** Outcomes that the rolling accuracy looks at. */
    window: z.int().min(1).default(1000),
    /** With fewer there is no accuracy. */
    least: z.int().min(1).default(100),
    /** Newest samples with a known outcome that are kept for a retraining. */
    keep: z.int().min(100).default(4000),
    /** Share of them, the newest, on which candidate and present model are compared. */
    freshShare: z.number().min(0.1).max(0.5).default(0.3),
  })
  .readonly();

/** All that can be set, in `ml4t.yaml`; each default is what holds without it. */
export const Settings = z
  .strictObject({
    /** Folder of a model in a model store: STORE/NAME. */
    modelPath: z
      .string()
      .regex(/[^/]\/[^/]+$/, 'must be STORE/NAME')
      .default('.millrace/models/edge'),
    /** Confidence without a model that can be asked. */
    defaultConfidence: Share.default(0.5),
    retrainAccuracyDropThreshold: z.number().gt(0).max(0.5).default(0.1),
    /** Samples with a known outcome that a retraining needs. */
    retrainMinSamples: z.int().min(100).default(1000),
    /** Bars from one retraining to the next; without it, no retraining by time. */
    retrainIntervalBars: z.int().min(1).optional(),
    /** Outcomes from one retraining to the next; without it, no retraining by count. */
    retrainSampleCount: z.int().min(100).optional(),
    redis: Redis.prefault({}),
    inferenceTimeoutMs: z.number().positive().default(10),
    /** Regular distance of bars. Larger ones are counted as gaps. */
    barIntervalMs: z.number().positive().default(60_000),
    /** What the model sees of the bars, in this order; the side of the signal is added as the last one. */
    featureNames: z
      .array(z.enum(PRICE_FEATURES))
      .min(1)
      .refine((names) => new Set(names).size === names.length, 'names a feature twice')
      .default([...PRICE_FEATURES]),
    labels: Labels.prefault({}),
    vpin: Vpin.prefault({}),
    monitor: Monitor.prefault({}),
    /** Results that wait for a lost bus; the oldest are given up beyond it, and counted. */
    outboxCapacity: z.int().min(1).default(10_000),
    /** Instruments whose state is kept; the one that was quiet for longest is given up beyond it. */
    maxInstruments: z.int().min(1).default(10_000),
  })
  .readonly();
export type Settings = z.infer<typeof Settings>;

/** The settings with nothing set but what is given. */
export const defaultSettings = (given: z.input<typeof Settings> = {}): Settings =>
  Settings.parse(given);
