/**
 * Prints how long after the start of its process `millrace resume` starts the stage that a kill -9 has
 * interrupted, beside a Node that does nothing at all, in turn. Quote the ratio: it depends less on the machine.
 */
import { spawnSync } from 'node:child_process';
import { spreadOf } from '../report/statistics.ts';
import { KilledProject } from './killed-project.ts';

const ROUNDS = 15;

function emptyNode(): number {
  const began = performance.now();
  spawnSync(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  return performance.now() - began;
}

function cells(name: string, measured: readonly number[], digits: number): string {
  const { min, median, max } = spreadOf(measured);
  const shown = [min, median, max];
  return [name.padEnd(24), ...shown.map((each) => each.toFixed(digits).padStart(9))].join('');
}

const project = new KilledProject();
try {
  // The first one fills the cache of compiled code.
  project.resume();
  emptyNode();
  const rounds = Array.from({ length: ROUNDS }, () => ({
    stageMs: project.resume(),
    nodeMs: emptyNode(),
  }));
  console.log(`recovery: ${ROUNDS} rounds; best, median and worst`);
  console.log(
    cells(
      'resume to stage, ms',
      rounds.map(({ stageMs }) => stageMs),
      0,
    ),
  );
  console.log(
    cells(
      'an empty Node, ms',
      rounds.map(({ nodeMs }) => nodeMs),
      0,
    ),
  );
  console.log(
    cells(
      'ratio',
      rounds.map(({ stageMs, nodeMs }) => stageMs / nodeMs),
      1,
    ),
  );
} finally {
  project.remove();
}
