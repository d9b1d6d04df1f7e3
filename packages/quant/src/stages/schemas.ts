import { z } from '@millrace/core';
import type { Bars } from '../bars/bars.ts';
import type { FeatureTable } from '../features/feature-table.ts';
import type { BarrierLabels } from '../labels/triple-barrier.ts';
import type { Samples } from '../validation/samples.ts';

type Tag = 'Float64Array' | 'Int32Array' | 'Int8Array' | 'Uint8Array';

/** By its tag, since a value may come from another realm, whose classes are others. */
const typed = <T extends ArrayBufferView>(tag: Tag) =>
  z.custom<T>((value) => Object.prototype.toString.call(value) === `[object ${tag}]`, {
    error: `must be a ${tag}`,
  });

export const Floats = typed<Float64Array>('Float64Array');
const Indexes = typed<Int32Array>('Int32Array');
const Sides = typed<Int8Array>('Int8Array');
const Bytes = typed<Uint8Array>('Uint8Array');

export const BarsSchema: z.ZodType<Bars> = z
  .object({ time: Floats, open: Floats, high: Floats, low: Floats, close: Floats, volume: Floats })
  .readonly();

/** Columns as a loader has them: typed or plain. */
const RawColumn = z.union([Floats, z.array(z.number())]);
export const RawBarsSchema = z
  .object({
    time: RawColumn,
    open: RawColumn,
    high: RawColumn,
    low: RawColumn,
    close: RawColumn,
    volume: RawColumn,
  })
  .readonly();

export const FeatureTableSchema: z.ZodType<FeatureTable> = z
  .object({ names: z.array(z.string()).readonly(), columns: z.array(Floats).readonly() })
  .readonly();

export const LabelsSchema: z.ZodType<BarrierLabels> = z
  .object({
    index: Indexes,
    end: Indexes,
    touch: Bytes,
    outcome: Floats,
    side: Sides,
    target: Floats,
    unresolved: z.int().min(0),
  })
  .readonly();

export const SamplesSchema: z.ZodType<Samples> = z
  .object({
    features: FeatureTableSchema,
    labels: Bytes,
    weights: Floats,
    starts: Indexes,
    ends: Indexes,
  })
  .readonly();

export const FoldSchema = z
  .object({
    fold: z.int().min(0),
    trainFrom: z.int().min(0),
    trainTo: z.int().min(0),
    testFrom: z.int().min(0),
    testTo: z.int().min(0),
  })
  .readonly();

export const OutcomeSchema = z
  .object({
    ...FoldSchema.unwrap().shape,
    count: z.int(),
    auc: z.number().nullable(),
    logLoss: z.number(),
    accuracy: z.number(),
    baseRate: z.number(),
    trained: z.int(),
    purged: z.int(),
    probabilities: Floats,
  })
  .readonly();
