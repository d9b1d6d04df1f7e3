import type { RunId } from '../base/ids.ts';
import type { CheckpointStore } from '../checkpoint/index.ts';
import { PipelineContext } from '../context/index.ts';
import { runNotFound } from './claim-run.ts';
import { isCorruptCheckpoint, StoredCell } from './stored-cell.ts';

/**
 * The context of a stored run as far as it came: each key as its last writer left it. Reading a key
 * whose value is damaged throws then, so that the others can still be read.
 * @throws MillraceError RUN_NOT_FOUND; on `get` CHECKPOINT_CORRUPT
 */
export async function readContext(store: CheckpointStore, id: RunId): Promise<PipelineContext> {
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
  for (const cell of cells.values()) await loadUnlessDamaged(cell);
  return new PipelineContext({ find: (key) => cells.get(key), keys: () => cells.keys() });
}

async function loadUnlessDamaged(cell: StoredCell): Promise<void> {
  try {
    await cell.load();
  } catch (error) {
    if (!isCorruptCheckpoint(error)) throw error;
  }
}
