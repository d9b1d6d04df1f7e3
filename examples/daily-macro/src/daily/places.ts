import { dirname, join, resolve } from 'node:path';
import { formatStoreSpec, type LoadedPipeline, parseStoreSpec } from 'millrace';
import { isPostgresUrl } from '../ledger/open-ledger.ts';
import type { Environment } from '../rehearsal/switches.ts';

/** Where one run leaves what. */
export interface Places {
  /** For `openStore`. */
  readonly store: string;
  /** Absolute path of an SQLite file, or a postgres URL with its password: not to be printed as it is. */
  readonly ledger: string;
  /** Absolute folder; undefined: no log files. */
  readonly logs: string | undefined;
}

export const exampleFolder = join(import.meta.dirname, '..', '..');

/** As the config says, or all in `home`, a folder relative to the working folder. */
export function placesOf(
  { store, logging }: Pick<LoadedPipeline, 'store' | 'logging'>,
  home: string | undefined,
  env: Environment,
): Places {
  const folder = home === undefined ? undefined : resolve(env.INIT_CWD ?? '.', home);
  const chosen =
    folder === undefined
      ? { store, logs: logging.dir }
      : {
          store: formatStoreSpec({ kind: 'sqlite', path: join(folder, 'millrace.db') }),
          logs: join(folder, 'logs'),
        };
  const spec = parseStoreSpec(chosen.store, exampleFolder);
  const beside = spec.kind === 'sqlite' ? dirname(spec.path) : join(exampleFolder, '.millrace');
  return { ...chosen, ledger: ledgerOf(env) ?? join(beside, 'daily-macro.db') };
}

function ledgerOf({ DAILY_MACRO_LEDGER: given, INIT_CWD = '.' }: Environment): string | undefined {
  if (given === undefined || given === '') return undefined;
  return isPostgresUrl(given) ? given : resolve(INIT_CWD, given);
}
