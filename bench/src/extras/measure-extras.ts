import type { BenchFlags } from '../command-line/bench-flags.ts';
import type { ExtraName } from '../command-line/extra-names.ts';
import { type ConfigRow, configLines, measureConfigRows } from '../config-curve/config-rows.ts';
import { runMeasurement } from '../harness/run-measurement.ts';
import { type ItemRow, itemLines, measureItemRows, usAnItem } from '../items/item-rows.ts';
import { measureProcesses } from '../processes/measure-processes.ts';
import { formatNumber } from '../report/format-number.ts';
import { formatTable } from '../report/format-table.ts';
import type { Series } from '../report/series.ts';
import { SERIES } from '../report/series-names.ts';
import { spreadOf } from '../report/statistics.ts';
import type { MeasuredPlan } from '../resume-plan/measure-plan.ts';

/** The larger ones take up to a minute a round. */
const MOST_ROUNDS = 3;
const PLANNED = [1_000, 10_000];
const CONFIGURED = [1_000, 10_000, 100_000];

/** Measures what is not a cell, and returns what there is to print. */
export async function measureExtras(
  { extras, rounds: asked, isQuick }: BenchFlags,
  series: Series,
  tell: (line: string) => void,
): Promise<readonly string[]> {
  const rounds = Math.min(asked, MOST_ROUNDS);
  const measures: Readonly<Record<ExtraName, () => Promise<readonly string[]>>> = {
    processes: () => processes(series, isQuick ? asked : 2 * asked),
    plan: () => plans(series, rounds),
    items: () => items(series, rounds),
    config: () => configs(series, rounds),
  };
  const lines: string[] = [];
  for (const name of extras) {
    tell(`measuring: ${name}`);
    lines.push('', ...(await measures[name]()));
  }
  return lines;
}

async function processes(series: Series, rounds: number): Promise<readonly string[]> {
  await measureProcesses(series, rounds);
  return [`whole processes: ${rounds} rounds`, ...seriesLines(series, series.names)];
}

async function plans(series: Series, rounds: number): Promise<readonly string[]> {
  const names = PLANNED.flatMap((stages) => [planName(stages, 'cold'), planName(stages, 'warm')]);
  for (let round = 0; round < rounds; round++) {
    for (const stages of PLANNED) {
      const args = [String(stages)];
      const plan = await runMeasurement<MeasuredPlan>('resume-plan/measure-plan.ts', args);
      series.add(planName(stages, 'cold'), plan.coldMs);
      series.add(planName(stages, 'warm'), plan.warmMs);
    }
  }
  return [
    `plan of a resume in which nothing has changed and the last stage failed: ${rounds} rounds`,
    ...seriesLines(series, names),
  ];
}

function planName(stages: number, kind: 'cold' | 'warm'): string {
  return `plan of ${stages.toLocaleString('en-US')} stages, ${kind}, ms`;
}

async function items(series: Series, rounds: number): Promise<readonly string[]> {
  const inMemory: ItemRow = { items: 1_000_000, kind: 'memory', measured: [] };
  const durable: ItemRow = { items: 100_000, kind: 'sqlite', measured: [] };
  await measureItemRows([inMemory, durable], rounds);
  for (const us of usAnItem(inMemory, 'runMs')) series.add(SERIES.itemsInMemoryUs, us);
  for (const us of usAnItem(durable, 'runMs')) series.add(SERIES.itemsDurableUs, us);
  return [
    `items of a mapped stage: ${rounds} rounds; us an item`,
    ...itemLines([inMemory, durable]).map((text) => `  ${text}`),
  ];
}

async function configs(series: Series, rounds: number): Promise<readonly string[]> {
  const rows = CONFIGURED.map((stages): ConfigRow => ({ stages, measured: [] }));
  await measureConfigRows(rows, rounds);
  for (const { stages, measured } of rows) {
    const name = `config of ${stages.toLocaleString('en-US')} stages`;
    for (const { loadMs, planMs } of measured) {
      series.add(`${name}, load, ms`, loadMs);
      series.add(`${name}, plan, ms`, planMs);
    }
  }
  return [
    `config curve: ${rounds} rounds; seconds`,
    ...configLines(rows).map((text) => `  ${text}`),
  ];
}

function seriesLines(series: Series, names: readonly string[]): string[] {
  const rows = names.map((name) => {
    const { min, median, max } = spreadOf(series.of(name));
    return [name, ...[min, median, max].map(formatNumber)];
  });
  return formatTable(['', 'min', 'median', 'max'], rows).map((text) => `  ${text}`);
}
