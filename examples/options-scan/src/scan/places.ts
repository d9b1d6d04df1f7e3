import { dirname, join, resolve } from 'node:path';
import { formatStoreSpec, type LoadedPipeline, parseStoreSpec } from 'millrace';
import { exampleFolder } from '../base/example-folder.ts';
import type { Environment } from '../rehearsal/switches.ts';

/** Where one run leaves what. */
export interface Places {
  /** Absolute folder of all that follows, of the universes and of the cache. */
  readonly home: string;
  /** For `openStore`. */
  readonly store: string;
  readonly ledger: string;
  readonly logs: string | undefined;
  readonly reports: string;
}

/** Absolute; npm starts scripts in the folder of their package, and INIT_CWD is where the person is. */
export function fromPerson(path: string, { INIT_CWD = '.' }: Environment): string {
  return resolve(INIT_CWD, path);
}

/** As the config says, or all in `home`. */
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
  return { ledger: join(home, 'options-scan.db'), reports: join(home, 'reports') };
}
