/**
 * Measures Millrace beside bare loops and other engines, prints a table for each workload and how far the targets
 * are met, and keeps the measurements as JSON. Ends with 1 only where results are wrong or an engine of ours
 * failed, never because of a time.
 */
import { findAdapter } from './adapters/adapter-list.ts';
import { type BenchFlags, FlagError, readFlags, USAGE } from './command-line/bench-flags.ts';
import { measureExtras } from './extras/measure-extras.ts';
import { PeerServices } from './harness/peer-services.ts';
import { adaptersOf, runRounds } from './harness/run-rounds.ts';
import type { Measurements } from './report/measurements.ts';
import { readCircumstances, writeResults } from './report/results-file.ts';
import { Series } from './report/series.ts';
import { judgeTargets, targetLines } from './report/target-lines.ts';
import { workloadLines } from './report/workload-lines.ts';

async function main(args: readonly string[]): Promise<number> {
  const flags = readFlags(args);
  if (flags === 'help') {
    console.log(USAGE);
    return 0;
  }
  const circumstances = readCircumstances();
  const tell = (line: string): void => console.error(line);
  const series = new Series();
  const cells = await measureCells(flags, tell);
  const extraLines = await measureExtras(flags, series, tell);
  for (const workload of flags.workloads) {
    const lines = workloadLines(workload, adaptersOf(workload, flags), cells);
    console.log(['', ...lines].join('\n'));
  }
  if (extraLines.length > 0) console.log(extraLines.join('\n'));
  const judged = judgeTargets({ cells, series });
  console.log(['', ...targetLines(judged)].join('\n'));
  console.log(`\n${writeResults(flags, circumstances, { cells, series }, judged)}`);
  return tellFaults(cells) ? 1 : 0;
}

async function measureCells(
  flags: BenchFlags,
  tell: (line: string) => void,
): Promise<Measurements> {
  const services = new PeerServices();
  try {
    const wanted = flags.workloads.flatMap((workload) => adaptersOf(workload, flags));
    await services.prepare(wanted);
    return await runRounds(flags, services, tell);
  } finally {
    await services.stop();
  }
}

/** Whether there is anything wrong: other results than the workload has, or a failure that is not a peer's. */
function tellFaults({ wrong, records }: Measurements): boolean {
  for (const { workload, adapter } of wrong) {
    console.error(`WRONG RESULTS: ${adapter} on ${workload}`);
  }
  const failed = records.filter(
    ({ outcome, adapter }) => outcome.kind === 'failed' && findAdapter(adapter).needs === 'nothing',
  );
  for (const { workload, adapter } of failed) console.error(`FAILED: ${adapter} on ${workload}`);
  return wrong.length > 0 || failed.length > 0;
}

// What is left behind is removed as the process exits, which a signal alone does not make it do.
process.once('SIGINT', () => process.exit(130));
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof FlagError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
