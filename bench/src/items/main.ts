/**
 * Prints what an item of a mapped stage costs, in memory and durable, as the items grow in number; and what it
 * costs to keep it in a resume in which one item is new. Each in its own process; sizes interleaved over the rounds.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MeasuredItems } from './measure-items.ts';

const ROUNDS = 3;
const SIZES = [1_000, 10_000, 100_000];
const KINDS = ['memory', 'sqlite'];
const CELL = fileURLToPath(new URL('./measure-items.ts', import.meta.url));

interface Row {
  readonly items: number;
  readonly kind: string;
  readonly measured: MeasuredItems[];
}

function measure({ items, kind }: Row): MeasuredItems {
  const options = ['--disable-warning=ExperimentalWarning', CELL, String(items), kind];
  return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' }));
}

/** Best and median, us an item. */
function each({ items, measured }: Row, of: 'runMs' | 'resumeMs'): readonly [number, number] {
  const sorted = measured.map((one) => (one[of] / items) * 1000).sort((a, b) => a - b);
  return [sorted[0] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0];
}

const rows = KINDS.flatMap((kind) => SIZES.map((items): Row => ({ items, kind, measured: [] })));
for (let round = 0; round < ROUNDS; round++)
  for (const row of rows) row.measured.push(measure(row));

console.log(`items of a mapped stage: ${ROUNDS} rounds; us an item, best and median`);
console.log('store     items    run best   median   kept best   median   bytes an item   peak MB');
for (const row of rows) {
  const [runBest, run] = each(row, 'runMs');
  const [keptBest, kept] = each(row, 'resumeMs');
  const { bytes } = row.measured[0] ?? { bytes: 0 };
  const peak = Math.max(...row.measured.map(({ peakMb }) => peakMb));
  const cells = [
    row.kind.padEnd(6),
    row.items.toLocaleString('en-US').padStart(8),
    runBest.toFixed(1).padStart(11),
    run.toFixed(1).padStart(8),
    keptBest.toFixed(1).padStart(11),
    kept.toFixed(1).padStart(8),
    (bytes / row.items).toFixed(0).padStart(15),
    peak.toFixed(0).padStart(9),
  ];
  console.log(cells.join(' '));
}
