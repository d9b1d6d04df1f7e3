import { describe, expect, it } from '@jest/globals';
import {
  type CheckpointStore,
  type CommitBatch,
  type FoundStage,
  type ItemRecord,
  type Lease,
  MemoryStore,
} from '@millrace/core';
import { storeConformance } from './store-conformance/index.ts';

/** Each breaks one promise of the contract. */
const BROKEN: Readonly<Record<string, () => CheckpointStore>> = {
  'forgets to check the lease': () =>
    new (class extends MemoryStore {
      override commit(lease: Lease, batch: CommitBatch): void {
        const fence = this.findRun(lease.runId)?.fence ?? lease.fence;
        super.commit({ ...lease, fence }, batch);
      }
    })(),
  'writes values before it checks the lease': () =>
    new (class extends MemoryStore {
      override commit(lease: Lease, batch: CommitBatch): void {
        for (const value of batch.values) this.saveValue(value);
        super.commit(lease, batch);
      }
    })(),
  'gives stages by name': () =>
    new (class extends MemoryStore {
      override loadStages(...args: Parameters<MemoryStore['loadStages']>) {
        return super.loadStages(...args).toSorted((a, b) => (a.stage < b.stage ? -1 : 1));
      }
    })(),
  'keeps events of one batch only': () =>
    new (class extends MemoryStore {
      override loadEvents(...[id, after]: Parameters<MemoryStore['loadEvents']>) {
        return super.loadEvents(id, after, 10);
      }
    })(),
  'takes a run from a living owner': () =>
    new (class extends MemoryStore {
      override acquireRun(...[id, owner]: Parameters<MemoryStore['acquireRun']>) {
        return super.acquireRun(id, owner, this.findRun(id));
      }
    })(),
  'takes a run over from an owner that has beaten since the look': () =>
    new (class extends MemoryStore {
      override acquireRun(...[id, owner, seen]: Parameters<MemoryStore['acquireRun']>) {
        return super.acquireRun(id, owner, seen && { fence: seen.fence });
      }
    })(),
  'reopens a run that ended since the look': () =>
    new (class extends MemoryStore {
      override acquireRun(...[id, owner, seen]: Parameters<MemoryStore['acquireRun']>) {
        return super.acquireRun(id, owner, this.findRun(id)?.owner && seen);
      }
    })(),
  'renews a lease that was lost': () =>
    new (class extends MemoryStore {
      override renewLease({ runId, fence }: Lease): void {
        super.renewLease({ runId, fence: this.findRun(runId)?.fence ?? fence });
      }
    })(),
  'moves no beat': () =>
    new (class extends MemoryStore {
      override findRun(...args: Parameters<MemoryStore['findRun']>) {
        const found = super.findRun(...args);
        return found && { ...found, beat: 0 };
      }
    })(),
  'loses optional fields': () =>
    new (class extends MemoryStore {
      override loadAttempts(...args: Parameters<MemoryStore['loadAttempts']>) {
        return super.loadAttempts(...args).map(({ failure: _lost, ...attempt }) => attempt);
      }
    })(),
  'loses what an outcome rests on': () =>
    new (class extends MemoryStore {
      override loadStages(...args: Parameters<MemoryStore['loadStages']>) {
        return super.loadStages(...args).map(({ basis: _lost, ...record }) => record);
      }
    })(),
  'keeps the first record of an item': () =>
    new (class extends MemoryStore {
      override commit(lease: Lease, { items = [], ...batch }: CommitBatch): void {
        const isNew = ({ stage, key }: ItemRecord): boolean =>
          this.loadItems(lease.runId, stage).every((known) => known.key !== key);
        super.commit(lease, { ...batch, items: items.filter(isNew) });
      }
    })(),
  'mixes the items of stages': () =>
    new (class extends MemoryStore {
      override commit(lease: Lease, { items = [], ...batch }: CommitBatch): void {
        const stage = items[0]?.stage;
        const mixed = items.map((item) => ({ ...item, stage: stage ?? item.stage }));
        super.commit(lease, { ...batch, items: mixed });
      }
    })(),
  'finds outcomes that failed': () =>
    new (class extends MemoryStore {
      override findStages(cacheKey: string, limit: number) {
        const failed = this.listRuns({ limit: 1000 }).flatMap(({ id }) =>
          this.loadStages(id)
            .filter((record) => record.cacheKey === cacheKey && record.status === 'failed')
            .map((record) => ({ runId: id, record })),
        );
        return [...super.findStages(cacheKey, limit), ...failed].slice(0, limit);
      }
    })(),
  'finds more outcomes than were asked for': () =>
    new (class extends MemoryStore {
      override findStages(cacheKey: string) {
        return super.findStages(cacheKey, 1000);
      }
    })(),
  'finds outcomes that were replaced': () =>
    new (class extends MemoryStore {
      readonly #all: FoundStage[] = [];
      override commit(lease: Lease, batch: CommitBatch): void {
        super.commit(lease, batch);
        for (const record of batch.stages) this.#all.push({ runId: lease.runId, record });
      }
      override findStages(cacheKey: string, limit: number) {
        return this.#all
          .filter(({ record }) => record.cacheKey === cacheKey && record.status === 'succeeded')
          .sort((a, b) => b.record.finishedAt - a.record.finishedAt)
          .slice(0, limit);
      }
    })(),
  'deletes a run whatever its owner does': () =>
    new (class extends MemoryStore {
      override deleteRun(...[id, , at]: Parameters<MemoryStore['deleteRun']>) {
        return super.deleteRun(id, this.findRun(id) ?? { fence: 0 }, at);
      }
    })(),
  'deletes a run and not its outcomes': () =>
    new (class extends MemoryStore {
      readonly #all = new Map<string, FoundStage>();
      override findStages(...args: Parameters<MemoryStore['findStages']>) {
        for (const found of super.findStages(...args)) this.#all.set(found.runId, found);
        return [...this.#all.values()];
      }
    })(),
  'sweeps what a live run may be about to take over': () =>
    new (class extends MemoryStore {
      override sweep(request: Parameters<MemoryStore['sweep']>[0]) {
        return super.sweep({ ...request, mayLive: () => false });
      }
    })(),
  'sweeps nothing': () =>
    new (class extends MemoryStore {
      override sweep(request: Parameters<MemoryStore['sweep']>[0]) {
        return super.sweep({ ...request, now: 0 });
      }
    })(),
  'cuts a list before it filters it': () =>
    new (class extends MemoryStore {
      override listRuns({ limit = 50, ...filter }: Parameters<MemoryStore['listRuns']>[0]) {
        const newest = new Set(super.listRuns({ limit }).map(({ id }) => id));
        return super.listRuns({ ...filter, limit: 1000 }).filter(({ id }) => newest.has(id));
      }
    })(),
  'turns bytes into text': () =>
    new (class extends MemoryStore {
      override loadValue(...args: Parameters<MemoryStore['loadValue']>) {
        const value = super.loadValue(...args);
        if (value?.codec !== 'bytes') return value;
        return { ...value, body: new Uint8Array(Buffer.from(Buffer.from(value.body).toString())) };
      }
    })(),
};

async function failuresOf(open: () => CheckpointStore): Promise<string[]> {
  const cases = storeConformance({
    outlivesClose: false,
    open() {
      const store = open();
      return { store, openAgain: () => store, cleanUp: () => store.close() };
    },
  });
  const failures: string[] = [];
  for (const { name, skip, run } of cases) {
    if (skip !== undefined) continue;
    await run().catch(() => failures.push(name));
  }
  return failures;
}

describe('storeConformance', () => {
  it.each(Object.keys(BROKEN))('finds a store that %s', async (fault) => {
    expect(await failuresOf(BROKEN[fault] ?? (() => new MemoryStore()))).not.toEqual([]);
  });

  it('passes the memory store', async () => {
    expect(await failuresOf(() => new MemoryStore())).toEqual([]);
  });
});
