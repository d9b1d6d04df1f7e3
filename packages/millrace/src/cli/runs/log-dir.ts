import { dirname, join, resolve } from 'node:path';
import { parseStoreSpec } from '../../facade/store-spec.ts';

interface LogDirRequest {
  /** `--log-dir`, relative to `cwd`. */
  readonly flag: string | undefined;
  /** Absolute. */
  readonly configured: string | undefined;
  readonly storeSpec: string;
  readonly cwd: string;
}

/** The absolute folder of log files: the flag, else the config's, else `logs` beside the store; none for a store in memory. */
export function logDirFor({ flag, configured, storeSpec, cwd }: LogDirRequest): string | undefined {
  if (flag !== undefined) return resolve(cwd, flag);
  if (configured !== undefined) return configured;
  const store = parseStoreSpec(storeSpec, cwd);
  return store.kind === 'memory' || store.path === ':memory:'
    ? undefined
    : join(dirname(store.path), 'logs');
}

/**
 * The folder as it is kept with a run, so that its log is found again. Nothing beside a store whose path is made of
 * a secret; a resume works it out again.
 */
export function storedLogDir(
  logDir: string | undefined,
  secrets: { holds(text: string): boolean },
): { readonly logDir?: string } {
  return logDir === undefined || secrets.holds(logDir) ? {} : { logDir };
}
