import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openSqliteStore } from './open-sqlite-store.ts';
import type { SqliteStore } from './sqlite-store.ts';
import { numberedStageNames, numberedValue } from './testing-local/numbered-batch.ts';
import { NEW_RUN, OWNER, RUN } from './testing-local/sample-records.ts';
import { withChildren } from './testing-local/store-child.ts';
import { inTemporaryFolder } from './testing-local/temporary-folder.ts';

const ROUNDS = 12;

/** Has a child commit until it has said so often enough, kills it, and returns what it committed. */
async function commitAndKill(path: string, fence: number, from: number): Promise<number> {
  let committed = from;
  await withChildren(1, async ([child]) => {
    await child?.ask({ type: 'open', path });
    child?.send({ type: 'commit-forever', fence, from });
    const enough = from + 1 + (fence % 4) * 3;
    for (;;) {
      const answer = await child?.nextAnswer();
      if (answer === undefined) break;
      expect(answer).toBe(`committed ${committed}`);
      committed += 1;
      if (committed === enough) child?.kill();
    }
  });
  return committed;
}

/** All batches up to a point at or after the last one that was told, each of them whole. */
function countBatches(path: string, told: number): number {
  const damages: unknown[] = [];
  const store = openSqliteStore(path, { onDamage: (damage) => damages.push(damage) });
  const names = store.loadStages(RUN).map(({ stage }) => String(stage));
  const count = names.length / numberedStageNames(0).length;
  expect(count).toBeGreaterThanOrEqual(told);
  expect(count).toBeLessThanOrEqual(told + 1);
  const numbers = Array.from({ length: count }, (_, number) => number);
  expect(names).toEqual(numbers.flatMap(numberedStageNames));
  for (const number of numbers) {
    const value = numberedValue(number);
    expect(store.loadValue(value.hash)?.body === value.body).toBe(true);
  }
  const events = store.loadEvents(RUN, 0, 1_000_000);
  expect(events.map(({ seq }) => seq)).toEqual(names.map((_, place) => place + 1));
  expect(store.loadAttempts(RUN)).toHaveLength(names.length);
  expect(store.findRun(RUN)?.lastSeq).toBe(names.length);
  expect(damages).toEqual([]);
  store.close();
  return count;
}

describe('a process that is killed while it commits', () => {
  it(`loses nothing that it was told is committed, ${ROUNDS} times in a row`, async () => {
    await inTemporaryFolder(async (folder) => {
      const path = join(folder, 'millrace.db');
      const first = openSqliteStore(path);
      first.createRun(NEW_RUN, [], OWNER);
      first.close();
      let count = 0;
      for (let fence = 1; fence <= ROUNDS; fence++) {
        count = countBatches(path, await commitAndKill(path, fence, count));
        const store = openSqliteStore(path);
        expect(store.acquireRun(RUN, OWNER, { fence }).kind).toBe('acquired');
        store.close();
      }
      expect(readdirSync(folder).sort()).toEqual(['millrace.db', 'millrace.db.artifacts']);
      expect(readdirSync(join(`${path}.artifacts`, 'tmp'))).toEqual([]);
    });
  }, 60_000);
});

describe('several processes', () => {
  it('that open a new store at once all get it, with its tables made once', async () => {
    await inTemporaryFolder((folder) =>
      withChildren(4, async (children) => {
        for (let round = 0; round < 20; round++) {
          const path = join(folder, `${round}`, 'millrace.db');
          const opened = await Promise.all(
            children.map((child) => child.ask({ type: 'open', path })),
          );
          expect(opened).toEqual(children.map(() => 'opened'));
          const created = await Promise.all(
            children.map((child, place) => child.ask({ type: 'create', id: `run ${place}` })),
          );
          expect(created).toEqual(children.map(() => 'fence 1'));
          for (const child of children) expect(await child.ask({ type: 'list' })).toBe('4');
          for (const child of children) expect(await child.ask({ type: 'close' })).toBe('closed');
          expect(readdirSync(join(folder, `${round}`))).toEqual(['millrace.db']);
        }
      }),
    );
  }, 60_000);

  it('that take over the same run at once: one gets it', async () => {
    await inTemporaryFolder((folder) =>
      withChildren(4, async (children) => {
        const path = join(folder, 'millrace.db');
        for (const child of children) await child.ask({ type: 'open', path });
        await children[0]?.ask({ type: 'create', id: RUN });
        for (let replacing = 1; replacing <= 10; replacing++) {
          const kinds = await Promise.all(
            children.map((child) => child.ask({ type: 'acquire', replacing })),
          );
          expect(kinds.sort()).toEqual(['acquired', 'held', 'held', 'held']);
        }
      }),
    );
  }, 60_000);
});

/** What a reader sees of a run that consists of numbered batches, from event to event. */
class Follower {
  readonly #store: SqliteStore;
  #seen = 0;

  constructor(path: string) {
    this.#store = openSqliteStore(path, { readOnly: true });
  }

  /** The stages and attempts that are there belong to whole batches, and so do the events since the last look. */
  look(): number {
    const events = this.#store.loadEvents(RUN, this.#seen, 7);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => this.#seen + place + 1));
    this.#seen += events.length;
    const attempts = this.#store.loadAttempts(RUN).length;
    const stages = this.#store.loadStages(RUN).length;
    expect([attempts % STAGES, stages % STAGES]).toEqual([0, 0]);
    expect(attempts).toBeGreaterThanOrEqual(this.#seen - STAGES);
    expect(stages).toBeGreaterThanOrEqual(attempts);
    return this.#seen;
  }

  close(): void {
    this.#store.close();
  }
}

const STAGES = numberedStageNames(0).length;

describe('a process that reads a run while another commits it', () => {
  it('sees whole batches, and each event once', async () => {
    await inTemporaryFolder((folder) =>
      withChildren(1, async ([child]) => {
        const path = join(folder, 'millrace.db');
        await child?.ask({ type: 'open', path });
        await child?.ask({ type: 'create', id: RUN });
        const follower = new Follower(path);
        child?.send({ type: 'commit-forever', fence: 1, from: 0 });
        while (follower.look() < 40 * STAGES);
        child?.kill();
        follower.look();
        follower.close();
      }),
    );
  }, 60_000);
});
