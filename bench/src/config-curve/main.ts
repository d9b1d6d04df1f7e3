/**
 * Prints how long configs of growing size take to be parsed, validated and bound (`load`) and to be
 * planned, and how the time a stage grows. Each in its own process; sizes interleaved over the rounds.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MeasuredConfig } from './measure-config.ts';

const ROUNDS = 3;
const SIZES = [1_000, 10_000, 100_000];
const CELL = fileURLToPath(new URL('./measure-config.ts', import.meta.url));

function measure(stages: number): MeasuredConfig {
  const printed = execFileSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', CELL, String(stages)],
    { encoding: 'utf8' },
  );
  return JSON.parse(printed) as MeasuredConfig;
}

const rounds = new Map<number, MeasuredConfig[]>(SIZES.map((stages) => [stages, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [stages, measured] of rounds) measured.push(measure(stages));
}

let before: number | undefined;
console.log(`config curve: ${ROUNDS} rounds; seconds, best and median`);
console.log(
  ' stages     MB   load best   median   plan best   median   us a stage   growth   peak MB',
);
for (const [stages, measured] of rounds) {
  const loads = measured.map(({ loadMs }) => loadMs).sort((a, b) => a - b);
  const plans = measured.map(({ planMs }) => planMs).sort((a, b) => a - b);
  const [best = 0, median = 0] = loads;
  const [bestPlan = 0, medianPlan = 0] = plans;
  const each = ((best + bestPlan) / stages) * 1000;
  const growth = before === undefined ? '' : `x ${(each / before).toFixed(2)}`;
  const peak = Math.max(...measured.map(({ peakMb }) => peakMb));
  const cells = [
    stages.toLocaleString('en-US').padStart(7),
    ((measured[0]?.bytes ?? 0) / 1e6).toFixed(1).padStart(6),
    (best / 1000).toFixed(2).padStart(11),
    (median / 1000).toFixed(2).padStart(8),
    (bestPlan / 1000).toFixed(2).padStart(11),
    (medianPlan / 1000).toFixed(2).padStart(8),
    each.toFixed(1).padStart(12),
    growth.padStart(8),
    peak.toFixed(0).padStart(9),
  ];
  console.log(cells.join(' '));
  before = each;
}
