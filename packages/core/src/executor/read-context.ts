import { setOwnProperty } from '../base/codec/own-property.ts';
import type { RunId } from '../base/ids.ts';
import type { CheckpointStore } from '../checkpoint/index.ts';
import { PipelineContext, readCell } from '../context/index.ts';
import { runNotFound } from './claim-run.ts';
import { isCorruptCheckpoint, StoredCell } from './stored-cell.ts';

/**
 * The context of a stored run as far as it came: each key as its last writer left it. Reading a key
 * whose value is damaged throws then, so that the others can still be read.
 * @throws MillraceError RUN_NOT_FOUND; on `get` CHECKPOINT_CORRUPT
 */
export async function readContext(store: CheckpointStore, id: RunId): Promise<PipelineContext> {
  const cells = await cellsOf(store, id);
  for (const cell of cells.values()) await isLoaded(cell);
  return new PipelineContext({ find: (key) => cells.get(key), keys: () => cells.keys() });
}

/**
 * The values of some keys of a stored run as far as it came, each as its last writer left it; no others are loaded. A
 * key is missing where nobody has written it, or where its value is damaged, which a resume finds out and mends.
 * @throws MillraceError RUN_NOT_FOUND
 */
export async function readValues<Key extends string>(
  store: CheckpointStore,
  id: RunId,
  keys: Iterable<Key>,
): Promise<Partial<Record<Key, unknown>>> {
  const cells = await cellsOf(store, id);
  const values: Partial<Record<Key, unknown>> = {};
  for (const key of keys) {
    const cell = cells.get(key);
    if (cell !== undefined && (await isLoaded(cell))) setOwnProperty(values, key, readCell(cell));
  }
  return values;
}

async function cellsOf(
  store: CheckpointStore,
  id: RunId,
): Promise<ReadonlyMap<string, StoredCell>> {
  const record = await store.findRun(id);
  if (record === undefined) throw runNotFound(store, id);
  const cells = new Map<string, StoredCell>();
  for (const write of record.context) {
    cells.set(write.key, new StoredCell(store, write, undefined, undefined));
  }
  // Writers of one key need each other, so the order of commit is theirs.
  for (const { stage, writes } of await store.loadStages(id)) {
    for (const write of writes) {
      const before = write.kind === 'patch' ? cells.get(write.key) : undefined;
      cells.set(write.key, new StoredCell(store, write, stage, before));
    }
  }
  return cells;
}

/** False for one that is damaged. */
async function isLoaded(cell: StoredCell): Promise<boolean> {
  try {
    await cell.load();
    return true;
  } catch (error) {
    if (!isCorruptCheckpoint(error)) throw error;
    return false;
  }
}
