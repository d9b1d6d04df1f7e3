/**
 * Prints microseconds a stage (minimum, median, maximum) of each adapter on each workload, and the
 * ratio of medians to its floor. Each cell runs in its own process; rounds are interleaved, so that
 * all adapters see the same drift of the machine.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measured } from './adapter.ts';
import { ADAPTERS } from './adapters/index.ts';
import { buildWorkload, WORKLOAD_NAMES } from './workload.ts';

const ROUNDS = process.argv.includes('--quick') ? 3 : 9;
const CELL = fileURLToPath(new URL('./cell.ts', import.meta.url));

function measure(workload: string, adapter: string): Measured {
  const printed = execFileSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', CELL, workload, adapter],
    { encoding: 'utf8' },
  );
  return JSON.parse(printed) as Measured;
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

let wrong = 0;
for (const workload of WORKLOAD_NAMES) {
  const stages = buildWorkload(workload).nodes.length;
  const times = new Map<string, number[]>(Object.keys(ADAPTERS).map((name) => [name, []]));
  const digests = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, mine] of times) {
      const { milliseconds, digest } = measure(workload, name);
      mine.push((milliseconds / stages) * 1000);
      digests.add(digest);
    }
  }
  if (digests.size !== 1) wrong++;
  const equal = digests.size === 1 ? 'all results equal' : 'RESULTS DIFFER';
  console.log(`\n${workload}: ${stages} stages, ${ROUNDS} rounds, ${equal}; us a stage`);
  for (const [name, mine] of times) {
    mine.sort((a, b) => a - b);
    const floor = median(times.get(ADAPTERS[name]?.floor ?? name) ?? []);
    const figures = [mine[0] ?? Number.NaN, median(mine), mine.at(-1) ?? Number.NaN];
    const shown = figures.map((figure) => figure.toFixed(1).padStart(8)).join(' ');
    const ratio = (median(mine) / floor).toFixed(1);
    console.log(`  ${name.padEnd(32)} ${shown}   ${ratio.padStart(6)} x ${ADAPTERS[name]?.floor}`);
  }
}
process.exitCode = wrong === 0 ? 0 : 1;
