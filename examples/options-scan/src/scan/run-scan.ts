import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLogging, openStore } from 'millrace';
import { inExample } from '../base/example-folder.ts';
import { ScanLedger } from '../ledger/scan-ledger.ts';
import { checkSwitches } from '../rehearsal/switches.ts';
import { resultPage } from '../report/page/result-page.ts';
import { headerLines, resultLines } from '../report/result-lines.ts';
import type { ScanResult } from '../report/scan-result.ts';
import { driveRun } from './drive-run.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { dateOf } from './load-scan.ts';
import { openSession, type Session } from './open-session.ts';
import { readResult } from './read-result.ts';
import { resumeCommand } from './resume-command.ts';
import type { ScanIo } from './scan-io.ts';
import type { ScanOptions } from './scan-options.ts';
import { toScanRow } from './to-scan-row.ts';

const ownConfig = inExample('pipeline.yaml');

/**
 * One session of a scan, new or resumed, from its header to its page.
 * @throws ScanError and MillraceError when nothing can be run or recorded
 */
export async function runScan(options: ScanOptions, io: ScanIo): Promise<ExitCode> {
  const session = await openSession(options, { io, ownConfig });
  const { loaded, places } = session;
  checkSwitches(io.env, loaded.pipeline.graph.ids);
  if (!options.json) for (const line of headerLines('OPTIONS SCAN', dateOf(loaded))) io.out(line);
  const quiet = options.json ? { ...io, out: io.notice } : io;
  const result = await record(session, options, quiet);
  const page = writeReports(places.reports, result);
  if (options.json) io.out(JSON.stringify(result));
  else {
    const resume = resumeOf(result.runId, options, io);
    const where = { store: places.store, ledger: places.ledger, page, resume };
    for (const line of resultLines(result, where)) io.out(line);
  }
  return exitCodeOf(result.runStatus, options.strict);
}

/** The row is there from the start, as unfinished, and is brought up to date at the end. */
async function record(session: Session, options: ScanOptions, io: ScanIo): Promise<ScanResult> {
  const { loaded, places, earlier } = session;
  const { secrets, logging } = loaded;
  const date = dateOf(loaded);
  const ledger = new ScanLedger(places.ledger);
  const store = await openStore(places.store);
  const log = await openLogging({ dir: places.logs, level: logging.level, secrets });
  try {
    const begun = (id: string): void => {
      io.notice(`if this is killed, go on with: ${resumeOf(id, options, io)}`);
      ledger.beginRun({ id, date });
    };
    const runId = await driveRun({ loaded, store, log, earlier, begun, io });
    const result = await readResult(store, runId, date);
    ledger.recordRun(toScanRow(result));
    return result;
  } finally {
    const fault = await log.close();
    if (fault !== undefined) io.notice(`${fault.code}: ${fault.message}`);
    await store.close();
    ledger.close();
  }
}

function resumeOf(runId: string, { home }: ScanOptions, { env }: ScanIo): string {
  return resumeCommand({ script: 'scan', runId, home }, env);
}

/** @returns the path of the page */
function writeReports(folder: string, result: ScanResult): string {
  mkdirSync(folder, { recursive: true });
  const page = join(folder, `${result.runId}.html`);
  writeFileSync(page, resultPage(result));
  writeFileSync(join(folder, `${result.runId}.json`), `${JSON.stringify(result)}\n`);
  return page;
}
