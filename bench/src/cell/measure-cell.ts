import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter } from '../adapters/adapter.ts';
import { expectedDigest } from '../adapters/expected-digest.ts';
import { digestOf } from '../workloads/combine.ts';
import type { Workload } from '../workloads/workload.ts';
import { stagesToExecute, WORKLOADS } from '../workloads/workload-facts.ts';
import { type CellRequest, type MeasuredCell, type Phases, totalMs } from './cell-result.ts';

/** A first run that took longer is not repeated. */
const LONGEST_REPEATED_MS = 10_000;

interface Measured extends Phases {
  readonly digest: number;
  readonly executed: number;
  readonly bytes: number | undefined;
  readonly peakMb: number;
}

/** Runs the workload once, then again and again, each time in a folder of its own. */
export async function measureCell(
  adapter: Adapter,
  workload: Workload,
  request: CellRequest,
): Promise<MeasuredCell> {
  const first = await measureOnce(adapter, workload, request, 'first');
  const repeats: Measured[] = [];
  const isRepeated =
    request.mode === 'measure' &&
    WORKLOADS[workload.name].isRepeated &&
    totalMs(first) <= LONGEST_REPEATED_MS;
  let spentMs = 0;
  while (isRepeated && repeats.length < request.mostRepeats && spentMs < request.repeatBudgetMs) {
    const repeat = await measureOnce(adapter, workload, request, `repeat-${repeats.length}`);
    if (repeat.digest !== first.digest || repeat.executed !== first.executed) {
      throw new RangeError('a repeat had other results');
    }
    repeats.push(repeat);
    spentMs += totalMs(repeat);
  }
  repeats.sort((one, other) => totalMs(one) - totalMs(other));
  const median = repeats[Math.floor(repeats.length / 2)] ?? first;
  return {
    cold: phasesOf(first),
    warm: phasesOf(median),
    repeats: repeats.length,
    peakMb: first.peakMb,
    bytes: first.bytes,
    digest: first.digest,
    expectedDigest: expectedDigest(workload),
    executed: first.executed,
    expectedExecuted: stagesToExecute(workload),
  };
}

function phasesOf({ buildMs, runMs }: Phases): Phases {
  return { buildMs, runMs };
}

async function measureOnce(
  adapter: Adapter,
  workload: Workload,
  request: CellRequest,
  name: string,
): Promise<Measured> {
  const folder = join(request.folder, name);
  mkdirSync(folder);
  // In a process of its own, so that the resume finds nothing warm.
  if (workload.kind === 'resume') failElsewhere({ ...request, folder, mode: 'fail' });
  const trial = await adapter.begin(workload, folder);
  const began = performance.now();
  await trial.build();
  const built = performance.now();
  const { values, executed } = await trial.run();
  const ended = performance.now();
  const peakMb = process.resourceUsage().maxRSS / 1024;
  await trial.close();
  const bytes = trial.bytesOnDisk === undefined ? sizeOfFolder(folder) : trial.bytesOnDisk();
  rmSync(folder, { recursive: true, force: true });
  const digest = digestOf(values);
  return { buildMs: built - began, runMs: ended - built, digest, executed, bytes, peakMb };
}

/** Undefined where nothing was written. */
function sizeOfFolder(folder: string): number | undefined {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0);
}

function failElsewhere(request: CellRequest): void {
  const [, program = ''] = process.argv;
  const { status, stderr } = spawnSync(
    process.execPath,
    [...process.execArgv, program, JSON.stringify(request)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new RangeError(`the first run could not be made: ${stderr}`);
}
