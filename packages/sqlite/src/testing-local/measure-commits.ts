// What a stage costs to commit, beside a loop that inserts one row of two columns per stage with the same grouping.
// node --import ./packages/sqlite/src/testing-local/source-packages.ts packages/sqlite/src/testing-local/measure-commits.ts
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitBatch } from '@millrace/core';
import { Database } from '../database.ts';
import { openSqliteStore } from '../open-sqlite-store.ts';
import type { Synchronous } from '../sqlite-store.ts';
import { executedStage, startedStage } from './executed-stage.ts';
import { NEW_RUN, OWNER, sampleBatch } from './sample-records.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

const ROUNDS = 7;

/** How a run sends its stages to the store. */
interface Workload {
  readonly name: string;
  readonly batches: readonly CommitBatch[];
  readonly stages: number;
}

interface Cost {
  readonly elapsedMs: number;
  readonly bytes: number;
}

function inGroups(stages: number, perGroup: number): readonly (readonly number[])[] {
  return Array.from({ length: stages / perGroup }, (_, group) =>
    Array.from({ length: perGroup }, (_, place) => group * perGroup + place),
  );
}

/** Stages that begin and end between two commits. */
function quickStages(stages: number, perGroup: number): Workload {
  const batches = inGroups(stages, perGroup).map((numbers) => {
    const ended = numbers.map((number) => executedStage(number, 2 * number + 1));
    return sampleBatch({
      attempts: ended.map(({ attempt }) => attempt),
      stages: ended.map(({ stage }) => stage),
      events: ended.flatMap(({ events }) => events),
    });
  });
  return { name: 'quick', batches, stages };
}

/** Stages whose start is committed before they end. */
function slowStages(stages: number, perGroup: number): Workload {
  const batches = inGroups(stages, perGroup).flatMap((numbers) => {
    const seq = 2 * (numbers[0] ?? 0) + 1;
    const started = numbers.map((number, place) => startedStage(number, seq + place));
    const ended = numbers.map((number, place) =>
      executedStage(number, seq + numbers.length + place - 1),
    );
    return [
      sampleBatch({
        attempts: started.map(({ attempt }) => attempt),
        events: started.map(({ event }) => event),
        sync: false,
      }),
      sampleBatch({
        attempts: ended.map(({ attempt }) => attempt),
        stages: ended.map(({ stage }) => stage),
        events: ended.flatMap(({ events }) => events.slice(1)),
      }),
    ];
  });
  return { name: 'slow', batches, stages };
}

function measureStore(folder: string, { batches }: Workload, synchronous: Synchronous): Cost {
  const path = join(folder, 'store.db');
  const store = openSqliteStore(path, { synchronous });
  const lease = store.createRun(NEW_RUN, [], OWNER);
  const startedAt = performance.now();
  for (const batch of batches) store.commit(lease, batch);
  const elapsedMs = performance.now() - startedAt;
  store.close();
  return { elapsedMs, bytes: statSync(path).size };
}

function measureBareLoop(folder: string, { batches }: Workload, synchronous: Synchronous): Cost {
  const path = join(folder, 'bare.db');
  const database = new Database(path, { readOnly: false, busyTimeoutMs: 0 });
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
    CREATE TABLE s (id TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID`);
  const insert = database.prepare('INSERT INTO s VALUES (?, ?)');
  const startedAt = performance.now();
  for (const { stages } of batches) {
    if (stages.length === 0) continue;
    database.inTransaction(() => {
      for (const { stage, finishedAt } of stages) insert.run(stage, JSON.stringify(finishedAt));
    });
  }
  const elapsedMs = performance.now() - startedAt;
  database.close();
  return { elapsedMs, bytes: statSync(path).size };
}

/** The least of several rounds, store and loop in turn, so that a busy machine slows both. */
async function compare(workload: Workload, synchronous: Synchronous): Promise<string> {
  const costs = { store: Number.POSITIVE_INFINITY, bare: Number.POSITIVE_INFINITY };
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await inTemporaryFolder((folder) => {
      const bare = measureBareLoop(folder, workload, synchronous);
      const store = measureStore(folder, workload, synchronous);
      costs.bare = Math.min(costs.bare, bare.elapsedMs);
      costs.store = Math.min(costs.store, store.elapsedMs);
      bytes = store.bytes;
    });
  }
  const us = (elapsedMs: number): string =>
    `${((elapsedMs * 1000) / workload.stages).toFixed(1)} us`;
  const times = (costs.store / costs.bare).toFixed(1);
  const size = Math.round(bytes / workload.stages);
  return `store ${us(costs.store)}, bare ${us(costs.bare)}, ${times} times, ${size} bytes a stage`;
}

for (const synchronous of ['full', 'normal'] as const) {
  for (const [perGroup, stages] of [
    [1, 1000],
    [100, 20_000],
    [1000, 20_000],
  ] as const) {
    for (const workload of [quickStages(stages, perGroup), slowStages(stages, perGroup)]) {
      const result = await compare(workload, synchronous);
      console.log(`${synchronous}, ${workload.name}, groups of ${perGroup}: ${result}`);
    }
  }
}
