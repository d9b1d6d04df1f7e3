import { MillraceError } from '@millrace/core';
import { requireSameLength } from '../base/require.ts';
import { type FeatureTable, rowCount, takeRows } from '../features/feature-table.ts';
import type { BarrierLabels } from '../labels/triple-barrier.ts';

/** What a model learns from, in the order of the starts. All columns are of equal length. */
export interface Samples {
  readonly features: FeatureTable;
  /** 0 or 1. */
  readonly labels: Uint8Array;
  /** 0 or more; average uniqueness is usual. */
  readonly weights: Float64Array;
  /** Index of the bar at which the features are known. */
  readonly starts: Int32Array;
  /** Index of the bar at which the label is known (t1), not before the start. */
  readonly ends: Int32Array;
}

/**
 * Features and labels of the same events as samples. Events in the warm-up, where a feature is NaN, are left out.
 * @param table features of every bar
 * @param events outcomes, each of a bar of the table
 * @param labels 0 or 1, in the order of the events
 * @param weights in the order of the events; default 1
 * @throws MillraceError COLUMNS_UNEQUAL, SAMPLES_INVALID
 */
export function selectSamples(
  table: FeatureTable,
  events: Pick<BarrierLabels, 'index' | 'end'>,
  labels: Uint8Array,
  weights: Float64Array = new Float64Array(labels.length).fill(1),
): Samples {
  const { index, end } = events;
  requireSameLength({ index, end, labels, weights });
  const isKnown = (row: number): boolean =>
    row < rowCount(table) && table.columns.every((column) => !Number.isNaN(column[row]));
  const kept = Int32Array.from(index.keys().filter((event) => isKnown(index[event] as number)));
  const pick = (column: ArrayLike<number>) => (event: number) => column[event] as number;
  const samples: Samples = {
    features: takeRows(table, kept.map(pick(index))),
    labels: Uint8Array.from(kept, pick(labels)),
    weights: Float64Array.from(kept, pick(weights)),
    starts: kept.map(pick(index)),
    ends: kept.map(pick(end)),
  };
  checkSamples(samples);
  return samples;
}

/** @throws MillraceError COLUMNS_UNEQUAL, SAMPLES_INVALID */
export function checkSamples({ features, labels, weights, starts, ends }: Samples): void {
  const columns = Object.fromEntries(
    features.columns.map((column, at) => [features.names[at] ?? `feature ${at}`, column] as const),
  );
  const count = requireSameLength({ labels, weights, starts, ends, ...columns });
  for (let row = 0; row < count; row++) {
    const label = labels[row] as number;
    const weight = weights[row] as number;
    const start = starts[row] as number;
    const end = ends[row] as number;
    if (label > 1) throw invalid(row, `its label is ${label}; expected 0 or 1`);
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY))
      throw invalid(row, `its weight is ${weight}; expected a finite number, at least 0`);
    if (end < start) throw invalid(row, `it starts at bar ${start} and ends before, at ${end}`);
    const before = starts[row - 1] ?? start;
    if (start < before)
      throw invalid(row, `it starts at bar ${start}, before the sample above it, at ${before}`);
  }
}

function invalid(row: number, fault: string): MillraceError {
  return new MillraceError('SAMPLES_INVALID', `sample ${row} cannot be learned from: ${fault}`, {
    details: { row },
  });
}
