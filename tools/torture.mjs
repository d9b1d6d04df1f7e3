// Tortures the configs of all examples until so many kills are reached: `npm run torture -- --kills 1000`.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});
const wanted = Number(values.kills);
const program = resolve('packages/millrace/bin/millrace.js');
const configs = globSync('examples/*/pipeline.yaml').sort();
let kills = 0;
let breaches = 0;
let slowestRecoveryMs = 0;

function torture(config, flags) {
  const { stdout, status } = spawnSync(
    process.execPath,
    [program, 'verify', 'pipeline.yaml', '--json', ...flags],
    { cwd: dirname(config), encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (stdout === '') throw new Error(`${config} could not be tortured: exit ${status}`);
  const told = JSON.parse(stdout);
  kills += told.kills;
  breaches += told.breached.length;
  slowestRecoveryMs = Math.max(slowestRecoveryMs, told.slowestRecoveryMs ?? 0);
  const { pipeline, points, cases, seed } = told;
  console.log(
    `${pipeline}, seed ${seed}: ${told.kills} kills in ${cases} runs, ${points.tried} of ${points.known} points, ` +
      `${told.breached.length} breaches`,
  );
  for (const { kill, breaches: found } of told.breached) console.log(`  ${kill}:`, found);
}

// Every point once, and from then on what chance draws.
for (const config of configs) torture(config, ['--seed', values.seed]);
for (let seed = Number(values.seed) + 1; kills < wanted; seed++) {
  for (const config of configs) {
    torture(config, [
      '--seed',
      String(seed),
      '--points',
      '10',
      '--instants',
      '20',
      '--series',
      '6',
    ]);
  }
}
console.log(
  `slowest resume: first stage ${Math.round(slowestRecoveryMs)} ms after the start of the process`,
);
console.log(`${kills} kills, ${breaches} breaches`);
process.exitCode = breaches === 0 ? 0 : 1;
