// What a stage costs to commit, beside a loop that inserts one row per stage with the same grouping.
// node --import ./packages/sqlite/src/testing-local/source-packages.ts packages/sqlite/src/testing-local/measure-commits.ts
import { join } from 'node:path';
import { asStageId, type CommitBatch } from '@millrace/core';
import { Database } from '../database.ts';
import { openSqliteStore, type SqliteStoreOptions } from '../open-sqlite-store.ts';
import { CREATED_AT, NEW_RUN, OWNER, RUN, sampleStage, sampleValue } from './sample-records.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

const REPEATS = 5;

type Synchronous = NonNullable<SqliteStoreOptions['synchronous']>;

/** One value, one write, one attempt and two events for each stage, as the executor sends them. */
function createBatches(stages: number, perBatch: number): CommitBatch[] {
  return Array.from({ length: stages / perBatch }, (_, batch) => {
    const numbers = Array.from({ length: perBatch }, (_, place) => batch * perBatch + place);
    const named = numbers.map((number) => ({
      number,
      stage: asStageId(`stage-${number}`),
      value: sampleValue(`{"rows":[${number},2,3]}`),
    }));
    return {
      values: named.map(({ value }) => value),
      stages: named.map(({ stage, value }) =>
        sampleStage(stage, {
          fingerprint: value.hash,
          writes: [{ key: `${stage}-out`, kind: 'value', hash: value.hash }],
        }),
      ),
      attempts: named.map(({ stage }) => ({
        stage,
        attempt: 1,
        fence: 1,
        status: 'succeeded',
        startedAt: CREATED_AT,
        finishedAt: CREATED_AT + 1,
      })),
      events: named.flatMap(({ stage, number }) => {
        const common = { at: CREATED_AT, runId: RUN, stage, attempt: 1 };
        return [
          { ...common, seq: 2 * number + 1, type: 'stage.started' },
          { ...common, seq: 2 * number + 2, type: 'stage.succeeded', durationMs: 1.25 },
        ] as const;
      }),
      sync: true,
    };
  });
}

function measureStore(
  folder: string,
  batches: readonly CommitBatch[],
  synchronous: Synchronous,
): number {
  const store = openSqliteStore(join(folder, `store-${Math.random()}.db`), { synchronous });
  const lease = store.createRun(NEW_RUN, [], OWNER);
  const startedAt = performance.now();
  for (const batch of batches) store.commit(lease, batch);
  const elapsedMs = performance.now() - startedAt;
  store.close();
  return elapsedMs;
}

/** One row per stage. `full` carries in it, as text, all that the store keeps of the stage. */
function measureBareLoop(
  folder: string,
  batches: readonly CommitBatch[],
  options: { readonly synchronous: Synchronous; readonly full: boolean },
): number {
  const path = join(folder, `bare-${Math.random()}.db`);
  const database = new Database(path, { readOnly: false, busyTimeoutMs: 0 });
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${options.synchronous};
    CREATE TABLE stages (run TEXT, stage TEXT, body TEXT, PRIMARY KEY (run, stage)) WITHOUT ROWID`);
  const insert = database.prepare('INSERT INTO stages VALUES (?, ?, ?)');
  const startedAt = performance.now();
  for (const { stages, values, attempts, events } of batches) {
    database.inTransaction(() => {
      for (const [place, stage] of stages.entries()) {
        const all = [
          stage,
          values[place],
          attempts[place],
          events[2 * place],
          events[2 * place + 1],
        ];
        insert.run(RUN, stage.stage, options.full ? JSON.stringify(all) : '{"done":true}');
      }
    });
  }
  const elapsedMs = performance.now() - startedAt;
  database.close();
  return elapsedMs;
}

function report(name: string, stages: number, measure: () => number): number {
  const times = Array.from({ length: REPEATS }, () => (measure() * 1000) / stages);
  const least = Math.min(...times);
  console.log(`  ${name}: ${least.toFixed(1)} us/stage (to ${Math.max(...times).toFixed(1)})`);
  return least;
}

for (const synchronous of ['full', 'normal'] as const) {
  for (const stages of [1000, 10_000]) {
    for (const perBatch of [100, 1000]) {
      const batches = createBatches(stages, perBatch);
      await inTemporaryFolder((folder) => {
        console.log(`synchronous=${synchronous}, ${stages} stages in groups of ${perBatch}`);
        const store = report('store', stages, () => measureStore(folder, batches, synchronous));
        for (const full of [false, true]) {
          const options = { synchronous, full };
          const name = full ? 'bare loop, same content' : 'bare loop, 13 bytes';
          const bare = report(name, stages, () => measureBareLoop(folder, batches, options));
          console.log(`    store is ${(store / bare).toFixed(1)} times that`);
        }
      });
    }
  }
}
