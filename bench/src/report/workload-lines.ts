import type { AdapterEntry } from '../adapters/adapter-list.ts';
import { totalMs } from '../cell/cell-result.ts';
import type { WorkloadName } from '../workloads/workload.ts';
import { WORKLOADS } from '../workloads/workload-facts.ts';
import { formatBytes, formatNumber } from './format-number.ts';
import { formatTable } from './format-table.ts';
import { coldUsAStage, type Measurements, peakMb, usAStage } from './measurements.ts';
import { median, spreadOf } from './statistics.ts';

const HEAD = [
  'adapter',
  'min',
  'median',
  'max',
  'cold',
  'build',
  'peak MB',
  'on disk',
  'rounds',
] as const;

/** The table of a workload: microseconds a stage, build and run together. */
export function workloadLines(
  workload: WorkloadName,
  entries: readonly AdapterEntry[],
  cells: Measurements,
): string[] {
  const { title, stages } = WORKLOADS[workload];
  const measured = entries.filter(({ name }) => cells.measured(workload, name).length > 0);
  const count = stages.toLocaleString('en-US');
  const heading = `${workload}: ${title}; ${count} stages, us a stage`;
  if (entries.length === 0) return [heading, '  none of the adapters is measured on it'];
  const table = formatTable(
    HEAD,
    measured.map((entry) => rowOf(workload, entry, cells)),
  );
  return [
    heading,
    ...(measured.length === 0 ? [] : table).map((text) => `  ${text}`),
    ...entries.flatMap((entry) => unmeasured(workload, entry, cells)),
  ];
}

function rowOf(
  workload: WorkloadName,
  { name, title }: AdapterEntry,
  cells: Measurements,
): readonly string[] {
  const mine = cells.measured(workload, name);
  const warm = spreadOf(cells.figures(workload, name, usAStage));
  const cold = median(cells.figures(workload, name, coldUsAStage));
  const build = median(mine.map((one) => one.warm.buildMs / totalMs(one.warm)));
  const sizes = mine.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes]));
  return [
    `${name} (${title})`,
    ...[warm.min, warm.median, warm.max, cold].map(formatNumber),
    `${Math.round(build * 100)}%`,
    formatNumber(median(cells.figures(workload, name, peakMb))),
    sizes.length === 0 ? '-' : formatBytes(Math.round(median(sizes))),
    String(mine.length),
  ];
}

/** Why an adapter has no row, or fewer rounds than the others. */
function unmeasured(workload: WorkloadName, entry: AdapterEntry, cells: Measurements): string[] {
  return cells.of(workload, entry.name).flatMap(({ outcome }) => {
    switch (outcome.kind) {
      case 'measured':
        return [];
      case 'over':
        return [`  ${entry.name}: over ${outcome.limit}`];
      case 'unavailable':
        return [`  ${entry.name}: not measured, ${outcome.reason}`];
      case 'failed':
        return [`  ${entry.name}: FAILED, ${outcome.reason}`];
      default:
        return outcome satisfies never;
    }
  });
}
