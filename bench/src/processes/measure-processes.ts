import { runCell } from '../harness/run-cell.ts';
import { type ProgramRequest, runProgram } from '../harness/run-program.ts';
import type { Series } from '../report/series.ts';
import { SERIES } from '../report/series-names.ts';
import { MILLRACE, TenStageProject } from './ten-stage-project.ts';

const LIMIT_MS = 60_000;

/** Milliseconds of a whole process, from before its start until it is gone. */
async function wallMs(request: Pick<ProgramRequest, 'args' | 'cwd'>): Promise<number> {
  const end = await runProgram({ file: process.execPath, limitMs: LIMIT_MS, ...request });
  if (end.kind === 'ended') return end.wallMs;
  const reason = end.kind === 'over' ? `went over ${end.limit}` : end.reason;
  throw new RangeError(`${request.args.join(' ')}: ${reason}`);
}

async function coldW3Ms(adapter: string): Promise<number> {
  const outcome = await runCell({
    request: { workload: 'W3', adapter, mode: 'once', mostRepeats: 0, repeatBudgetMs: 0 },
    limitMs: LIMIT_MS,
    env: {},
  });
  if (outcome.kind === 'measured') return outcome.wallMs;
  throw new RangeError(`the process of W3 with ${adapter}: ${outcome.kind}`);
}

/** Whole processes, in turn. */
export async function measureProcesses(series: Series, rounds: number): Promise<void> {
  const project = new TenStageProject();
  const { folder: cwd, config } = project;
  try {
    // The first ones fill caches of the disk and of compiled code.
    for (let round = -1; round < rounds; round++) {
      const measured = {
        [SERIES.emptyNodeMs]: await wallMs({ args: ['-e', '0'] }),
        [SERIES.versionMs]: await wallMs({ args: [MILLRACE, '--version'] }),
        [SERIES.tenStagesMs]: await wallMs({ args: [MILLRACE, 'run', config], cwd }),
        [SERIES.coldMillraceMs]: await coldW3Ms('millrace-full'),
        [SERIES.coldRowsMs]: await coldW3Ms('rows-grouped-full'),
      };
      project.forgetRuns();
      if (round < 0) continue;
      for (const [name, ms] of Object.entries(measured)) series.add(name, ms);
    }
  } finally {
    project.remove();
  }
}
