import { dirname, join, resolve } from 'node:path';
import { formatStoreSpec, type LoadedPipeline, parseStoreSpec } from 'millrace';
import { exampleFolder } from '../base/example-folder.ts';
import type { Environment } from '../rehearsal/switches.ts';

/** Where runs and models are. */
export interface Places {
  /** Absolute folder of all that follows. */
  readonly home: string;
  /** For `openStore`. */
  readonly store: string;
  readonly logs: string | undefined;
  readonly reports: string;
  readonly models: string;
}

/** Absolute; npm starts scripts in the folder of their package, and INIT_CWD is where the person is. */
export function fromPerson(path: string, { INIT_CWD = '.' }: Environment): string {
  return resolve(INIT_CWD, path);
}

/** As the config says, or all in a folder that the person gave. */
export function placesOf(
  { store, logging }: Pick<LoadedPipeline, 'store' | 'logging'>,
  given: string | undefined,
): Places {
  if (given === undefined) {
    const spec = parseStoreSpec(store, exampleFolder);
    const home = spec.kind === 'sqlite' ? dirname(spec.path) : join(exampleFolder, '.millrace');
    return { home, store, logs: logging.dir, ...within(home) };
  }
  const spec = formatStoreSpec({ kind: 'sqlite', path: join(given, 'millrace.db') });
  return { home: given, store: spec, logs: join(given, 'logs'), ...within(given) };
}

function within(home: string) {
  return { reports: join(home, 'reports'), models: join(home, 'models') };
}
