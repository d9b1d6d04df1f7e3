import { existsSync } from 'node:fs';
import type { LoadedPipeline, RunRecord } from 'millrace';
import { counted } from '../base/figures.ts';
import type { Environment } from '../rehearsal/switches.ts';
import { makeUniverse, universeFolder } from '../universe/make-universe.ts';
import { findRun } from './find-run.ts';
import { loadForRun, loadScan } from './load-scan.ts';
import { fromPerson, type Places, placesOf } from './places.ts';
import type { ScanIo } from './scan-io.ts';
import type { NewScan, ScanOptions } from './scan-options.ts';

/** What a session is about, and where it leaves what. */
export interface Session {
  readonly loaded: LoadedPipeline;
  readonly places: Places;
  /** The run that goes on; undefined for a new one. */
  readonly earlier: RunRecord | undefined;
}

/**
 * Finds the run or makes the universe, and reads the config with what was given.
 * @param ownConfig where the command line names none
 * @throws ScanError and MillraceError when nothing can be run
 */
export async function openSession(
  options: ScanOptions,
  { io, ownConfig }: { readonly io: ScanIo; readonly ownConfig: string },
): Promise<Session> {
  const { request, set } = options;
  const { env } = io;
  const home = options.home === undefined ? undefined : fromPerson(options.home, env);
  const given = options.config === undefined ? undefined : fromPerson(options.config, env);
  const file = given ?? ownConfig;
  const first = await loadScan({ file, set, env });
  const places = placesOf(first, home);
  if (request.kind === 'resume') {
    const wanted = { run: request.run, pipeline: first.pipeline.name };
    const earlier = await findRun(places.store, wanted);
    const config = { file: given ?? earlier.source.file ?? ownConfig, set, env };
    return { places, earlier, loaded: await loadForRun(earlier, config) };
  }
  const date = request.date === undefined ? {} : { date: request.date };
  const universe = universeOf(request, places, env);
  const params = { home: places.home, universe, ...date };
  // Read before anything is made: a config that is wrong leaves nothing behind.
  const loaded = await loadScan({ file, params, set, env });
  if (request.universe === undefined && !existsSync(universe)) {
    io.notice(`making a universe of ${counted(request.tickers, 'ticker')} in ${universe}, once`);
    makeUniverse(places.home, request);
  }
  return { places, earlier: undefined, loaded };
}

function universeOf(request: NewScan, { home }: Places, env: Environment): string {
  const { universe } = request;
  return universe === undefined ? universeFolder(home, request) : fromPerson(universe, env);
}
