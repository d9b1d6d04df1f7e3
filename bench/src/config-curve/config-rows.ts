import { fileURLToPath } from 'node:url';
import { runMeasurement } from '../harness/run-measurement.ts';
import { formatTable } from '../report/format-table.ts';
import { spreadOf } from '../report/statistics.ts';
import type { MeasuredConfig } from './measure-config.ts';

/** The stages of a config import Millrace. */
const PACKAGES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** A config with so many stages. */
export interface ConfigRow {
  readonly stages: number;
  readonly measured: MeasuredConfig[];
}

/** Each measurement in a process of its own; sizes in turn. */
export async function measureConfigRows(rows: readonly ConfigRow[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const { stages, measured } of rows) {
      const args = [String(stages), PACKAGES];
      measured.push(await runMeasurement<MeasuredConfig>('config-curve/measure-config.ts', args));
    }
  }
}

/** @param rows from the smallest to the largest; the growth is that of the time a stage, from the row before */
export function configLines(rows: readonly ConfigRow[]): string[] {
  const head = [
    'stages',
    'MB',
    'load best',
    'median',
    'plan best',
    'median',
    'us a stage',
    'growth',
    'peak MB',
  ];
  let before: number | undefined;
  return formatTable(
    head,
    rows.map(({ stages, measured }) => {
      const load = spreadOf(measured.map(({ loadMs }) => loadMs / 1000));
      const plan = spreadOf(measured.map(({ planMs }) => planMs / 1000));
      const each = ((load.min + plan.min) / stages) * 1e6;
      const growth = before === undefined ? '' : `x ${(each / before).toFixed(2)}`;
      before = each;
      return [
        stages.toLocaleString('en-US'),
        ((measured[0]?.bytes ?? 0) / 1e6).toFixed(1),
        ...[load.min, load.median, plan.min, plan.median].map((seconds) => seconds.toFixed(2)),
        each.toFixed(1),
        growth,
        Math.max(...measured.map(({ peakMb }) => peakMb)).toFixed(0),
      ];
    }),
  );
}
