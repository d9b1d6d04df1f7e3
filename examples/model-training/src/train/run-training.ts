import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLogging, openStore } from 'millrace';
import { checkSwitches } from '../rehearsal/switches.ts';
import { trainingPage } from '../report/page/training-page.ts';
import { headerLines, resultLines } from '../report/result-lines.ts';
import type { TrainingResult } from '../report/training-result.ts';
import { driveRun } from './drive-run.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { openSession, type Session } from './open-session.ts';
import { readResult } from './read-result.ts';
import { resumeCommand } from './resume-command.ts';
import { readTrainOptions, type TrainOptions } from './train-options.ts';
import type { TrainingIo } from './training-io.ts';
import { trainUsage } from './usage.ts';
import { exitCodeOf, verdictOf } from './verdict-of.ts';

/**
 * One session of a training, new or resumed, from its header to its page.
 * @throws TrainingError and MillraceError when nothing can be run or recorded
 */
export async function runTraining(argv: readonly string[], io: TrainingIo): Promise<ExitCode> {
  const options = readTrainOptions(argv);
  if (options === undefined) {
    io.out(trainUsage);
    return EXIT.succeeded;
  }
  const session = await openSession(options, io.env);
  const { loaded, places } = session;
  checkSwitches(io.env, loaded.pipeline.graph.ids);
  const quiet = options.json ? { ...io, out: io.notice } : io;
  for (const line of headerLines(`MODEL TRAINING -- ${loaded.pipeline.name}`)) quiet.out(line);
  const result = await record(session, options, quiet);
  const page = writePage(places.reports, result);
  if (options.json) io.out(JSON.stringify(result, plainColumns));
  else {
    const { store, models } = places;
    const resume = resumeCommand(result.runId, options.home, io.env);
    const where = { verdict: verdictOf(result), store, models, page, resume };
    for (const line of resultLines(result, where)) io.out(line);
  }
  return exitCodeOf(result, options.strict);
}

async function record(
  { loaded, places, earlier }: Session,
  { home }: TrainOptions,
  io: TrainingIo,
): Promise<TrainingResult> {
  const { secrets, logging } = loaded;
  const store = await openStore(places.store);
  const log = await openLogging({ dir: places.logs, level: logging.level, secrets });
  try {
    const begun = (id: string): void =>
      io.notice(`if this is killed, go on with: ${resumeCommand(id, home, io.env)}`);
    const runId = await driveRun({ loaded, store, log, earlier, begun, io });
    return await readResult(store, runId);
  } finally {
    const fault = await log.close();
    if (fault !== undefined) io.notice(`${fault.code}: ${fault.message}`);
    await store.close();
  }
}

/** Typed arrays as JSON arrays, and not as objects of their indexes. */
function plainColumns(_: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && 'length' in value ? Array.from(Object.values(value)) : value;
}

/** @returns the path of the page */
function writePage(folder: string, result: TrainingResult): string {
  mkdirSync(folder, { recursive: true });
  const page = join(folder, `${result.runId}.html`);
  writeFileSync(page, trainingPage(result, verdictOf(result)));
  return page;
}
