import { runMeasurement } from '../harness/run-measurement.ts';
import { formatTable } from '../report/format-table.ts';
import { spreadOf } from '../report/statistics.ts';
import type { MeasuredItems } from './measure-items.ts';

/** A mapped stage over so many items, in one kind of store. */
export interface ItemRow {
  readonly items: number;
  readonly kind: 'memory' | 'sqlite';
  readonly measured: MeasuredItems[];
}

/** Each measurement in a process of its own; rows in turn. */
export async function measureItemRows(rows: readonly ItemRow[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const row of rows) {
      const args = [String(row.items), row.kind];
      row.measured.push(await runMeasurement<MeasuredItems>('items/measure-items.ts', args));
    }
  }
}

/** Microseconds an item, by the round. */
export function usAnItem({ items, measured }: ItemRow, of: 'runMs' | 'resumeMs'): number[] {
  return measured.map((one) => (one[of] / items) * 1000);
}

export function itemLines(rows: readonly ItemRow[]): string[] {
  const head = [
    'store',
    'items',
    'run best',
    'median',
    'kept best',
    'median',
    'bytes an item',
    'peak MB',
  ];
  return formatTable(
    head,
    rows.map((row) => {
      const run = spreadOf(usAnItem(row, 'runMs'));
      const kept = spreadOf(usAnItem(row, 'resumeMs'));
      const peak = Math.max(...row.measured.map(({ peakMb }) => peakMb));
      const [first] = row.measured;
      return [
        row.kind,
        row.items.toLocaleString('en-US'),
        ...[run.min, run.median, kept.min, kept.median].map((us) => us.toFixed(1)),
        ((first?.bytes ?? 0) / row.items).toFixed(0),
        peak.toFixed(0),
      ];
    }),
  );
}
