import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedPipeline, openLogging, openStore, type RunRecord } from 'millrace';
import { ScanLedger } from '../ledger/scan-ledger.ts';
import { checkSwitches } from '../rehearsal/switches.ts';
import { resultPage } from '../report/page/result-page.ts';
import { headerLines, resultLines } from '../report/result-lines.ts';
import type { ScanResult } from '../report/scan-result.ts';
import { makeUniverse } from '../universe/make-universe.ts';
import { driveRun } from './drive-run.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { findRun } from './find-run.ts';
import { dateOf, loadForRun, loadScan } from './load-scan.ts';
import { fromPerson, type Places, placesOf } from './places.ts';
import { readResult } from './read-result.ts';
import { resumeCommand } from './resume-command.ts';
import type { ScanIo } from './scan-io.ts';
import type { NewScan, ScanOptions } from './scan-options.ts';
import { toScanRow } from './to-scan-row.ts';

interface Opened {
  readonly loaded: LoadedPipeline;
  readonly places: Places;
  readonly earlier: RunRecord | undefined;
}

/**
 * One session of a scan, new or resumed, from its header to its page.
 * @throws ScanError and MillraceError when nothing can be run or recorded
 */
export async function runScan(options: ScanOptions, io: ScanIo): Promise<ExitCode> {
  const opened = await open(options, io);
  const { loaded, places } = opened;
  checkSwitches(io.env, loaded.pipeline.graph.ids);
  if (!options.json) for (const line of headerLines('OPTIONS SCAN', dateOf(loaded))) io.out(line);
  const quiet = options.json ? { ...io, out: io.notice } : io;
  const result = await record(opened, options, quiet);
  const page = writeReports(places.reports, result);
  if (options.json) io.out(JSON.stringify(result));
  else {
    const resume = resumeOf(result.runId, options, io);
    const where = { store: places.store, ledger: places.ledger, page, resume };
    for (const line of resultLines(result, where)) io.out(line);
  }
  return exitCodeOf(result, options.strict);
}

async function open(options: ScanOptions, io: ScanIo): Promise<Opened> {
  const { request, set } = options;
  const { env } = io;
  const home = options.home === undefined ? undefined : fromPerson(options.home, env);
  const file = options.config === undefined ? undefined : fromPerson(options.config, env);
  const first = await loadScan({ file, set, env });
  const places = placesOf(first, home);
  if (request.kind === 'resume') {
    const wanted = { run: request.run, pipeline: first.pipeline.name };
    const earlier = await findRun(places.store, wanted);
    return { places, earlier, loaded: await loadForRun(earlier, { file, set, env }) };
  }
  const date = request.date === undefined ? {} : { date: request.date };
  const universe = universeOf(request, places, io);
  const params = { home: places.home, universe, ...date };
  return { places, earlier: undefined, loaded: await loadScan({ file, params, set, env }) };
}

function universeOf(request: NewScan, { home }: Places, io: ScanIo): string {
  if (request.universe !== undefined) return fromPerson(request.universe, io.env);
  return makeUniverse(home, request);
}

/** The row is there from the start, as unfinished, and is brought up to date at the end, whatever happens. */
async function record(opened: Opened, options: ScanOptions, io: ScanIo): Promise<ScanResult> {
  const { loaded, places, earlier } = opened;
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

function exitCodeOf({ runStatus }: ScanResult, strict: boolean): ExitCode {
  switch (runStatus) {
    case 'succeeded':
      return EXIT.succeeded;
    case 'degraded':
      return strict ? EXIT.degraded : EXIT.succeeded;
    case 'cancelled':
      return EXIT.cancelled;
    default:
      return EXIT.failed;
  }
}
