import { type CheckpointStore, MemoryStore } from '@millrace/core';
import { parseStoreSpec } from './store-spec.ts';

export interface OpenStoreOptions {
  /** Relative paths are taken from here. Default: the working folder of the process. */
  readonly cwd?: string;
  /** For looking at runs, also while they go on elsewhere; a missing store is not made. Default false. */
  readonly readOnly?: boolean;
}

/**
 * Opens `sqlite:PATH` or `memory`. The driver is loaded only now.
 * @throws MillraceError STORE_UNKNOWN, STORE_MISSING, STORE_UNUSABLE, STORE_NEWER, STORE_BUSY, SQLITE_TOO_OLD
 */
export async function openStore(
  spec: string,
  { cwd = process.cwd(), readOnly = false }: OpenStoreOptions = {},
): Promise<CheckpointStore> {
  const store = parseStoreSpec(spec, cwd);
  if (store.kind === 'memory') return new MemoryStore();
  const { openSqliteStore } = await import('@millrace/sqlite');
  return openSqliteStore(store.path, { readOnly });
}
