import { existsSync } from 'node:fs';
import { type CheckpointStore, type RunEvent, type RunId, readContext } from '@millrace/core';
import { lookAtStore } from '../runs/look-at-store.ts';

/** What the store of one case holds of its run. */
export interface StoredRun {
  readonly id: RunId;
  readonly status: string;
  /** How often it was owned. */
  readonly sessions: number;
  readonly isOwned: boolean;
  /** Recorded status by stage. */
  readonly stages: Readonly<Record<string, string>>;
  /** Attempt of the stage by `STAGE KEY`, of each item whose result is on record. */
  readonly items: ReadonlyMap<string, number>;
  /** How many items of each stage are on record, failed ones too. */
  readonly itemCounts: ReadonlyMap<string, number>;
  /** Hash by key of the context as far as it came; `damaged` for a value that cannot be read. */
  readonly context: Readonly<Record<string, string>>;
  readonly events: readonly RunEvent[];
  readonly bytes: number;
}

const MOST_EVENTS = 1_000_000;

/**
 * Undefined when nothing of a run is on record.
 * @param path of the database file
 */
export async function readStoredRun(path: string): Promise<StoredRun | undefined> {
  if (!existsSync(path)) return undefined;
  return lookAtStore(`sqlite:${path}`, async (store) => {
    const [run] = await store.listRuns({ limit: 1 });
    if (run === undefined) return undefined;
    const stages = await store.loadStages(run.id);
    return {
      id: run.id,
      status: run.status,
      sessions: run.fence,
      isOwned: run.owner !== undefined,
      stages: Object.fromEntries(stages.map(({ stage, status }) => [stage, status])),
      ...(await itemsOf(store, run.id)),
      context: await contextHashes(store, run.id),
      events: await store.loadEvents(run.id, 0, MOST_EVENTS),
      bytes: await usedBytes(store),
    };
  });
}

/** As it is once the write-ahead log is folded in, which the next to close the store does. */
async function usedBytes(store: CheckpointStore): Promise<number> {
  const { bytes, freeBytes } = await store.measure([]);
  return bytes - freeBytes;
}

async function itemsOf(
  store: CheckpointStore,
  id: RunId,
): Promise<Pick<StoredRun, 'items' | 'itemCounts'>> {
  const items = new Map<string, number>();
  const itemCounts = new Map<string, number>();
  const attempts = await store.loadAttempts(id);
  for (const stage of new Set(attempts.map((attempt) => attempt.stage))) {
    const records = await store.loadItems(id, stage);
    itemCounts.set(stage, records.length);
    for (const { key, status, attempt } of records) {
      if (status === 'succeeded') items.set(`${stage} ${key}`, attempt);
    }
  }
  return { items, itemCounts };
}

async function contextHashes(store: CheckpointStore, id: RunId): Promise<Record<string, string>> {
  const context = await readContext(store, id);
  const hashes: Record<string, string> = {};
  for (const key of context.keys())
    hashes[key] = hashOf(() => context.get(key), context.hashOf(key));
  return hashes;
}

/** A value is read too: what is only named by its hash may be gone. */
function hashOf(read: () => unknown, hash: string | undefined): string {
  try {
    read();
    return hash ?? '';
  } catch (error) {
    return `damaged: ${error instanceof Error ? error.message : String(error)}`;
  }
}
