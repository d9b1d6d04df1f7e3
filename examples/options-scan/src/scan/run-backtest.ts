import { openLogging, openStore, readValues } from 'millrace';
import { BacktestResult } from '../backtest/summarise-trades.ts';
import { inExample } from '../base/example-folder.ts';
import { checkSwitches } from '../rehearsal/switches.ts';
import { headerLines } from '../report/result-lines.ts';
import { backtestLines } from './backtest-lines.ts';
import { driveRun } from './drive-run.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { dateOf } from './load-scan.ts';
import { openSession } from './open-session.ts';
import { resumeCommand } from './resume-command.ts';
import type { ScanIo } from './scan-io.ts';
import type { ScanOptions } from './scan-options.ts';

const ownConfig = inExample('backtest.pipeline.yaml');

/**
 * One session of a backtest, new or resumed.
 * @throws ScanError and MillraceError when nothing can be run or recorded
 */
export async function runBacktest(options: ScanOptions, io: ScanIo): Promise<ExitCode> {
  const { loaded, places, earlier } = await openSession(options, { io, ownConfig });
  checkSwitches(io.env, loaded.pipeline.graph.ids);
  const quiet = options.json ? { ...io, out: io.notice } : io;
  for (const line of headerLines('BACKTEST', `up to ${dateOf(loaded)}`)) quiet.out(line);
  const store = await openStore(places.store);
  const { level } = loaded.logging;
  const log = await openLogging({ dir: places.logs, level, secrets: loaded.secrets });
  try {
    const begun = (runId: string): void => {
      const command = resumeCommand({ script: 'backtest', runId, home: options.home }, io.env);
      io.notice(`if this is killed, go on with: ${command}`);
    };
    const runId = await driveRun({ loaded, store, log, earlier, begun, io: quiet });
    const run = await store.findRun(runId);
    const { backtest } = await readValues(store, runId, ['backtest']);
    if (backtest === undefined) return exitCodeOf(run?.status ?? 'failed', options.strict);
    const result = BacktestResult.parse(backtest);
    if (options.json) io.out(JSON.stringify(result));
    else for (const line of backtestLines(result)) io.out(line);
    return exitCodeOf(run?.status ?? 'failed', options.strict);
  } finally {
    await log.close();
    await store.close();
  }
}
