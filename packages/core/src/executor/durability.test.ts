import { describe, expect, it } from '@jest/globals';
import { asRunId } from '../base/ids.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { Durability } from '../definition/index.ts';
import type { RunEvent } from '../events/index.ts';
import { definePipeline, type ModelPipeline } from '../pipeline/index.ts';
import { stageOf } from '../runner/testing-local/stage-of.ts';
import { gate, turns } from './testing-local/gate.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { begin, execute, sketch, told } from './testing-local/run-pipeline.ts';

const chain = {
  a: () => ({ a: 1 }),
  b: { needs: ['a'], does: () => ({ b: 1 }) },
  c: { needs: ['b'], does: () => ({ c: 1 }) },
};

/** Which stages' records are committed, and which dependants started, in the order of happening. */
async function timeline(
  durability: Durability,
  store: RecordingStore,
  log: string[],
): Promise<void> {
  const logged = Object.fromEntries(
    Object.entries({ a: [], b: ['a'], c: ['b'] }).map(([id, needs]) => [
      id,
      {
        needs,
        does: async (): Promise<object> => {
          log.push(`${id} starts`);
          await null;
          return { [id]: 1 };
        },
      },
    ]),
  );
  await execute(sketch(logged), { store, durability });
}

describe('strict durability', () => {
  it.each([
    ['at-once', false],
    ['at-once', true],
    ['later', false],
    ['later', true],
  ] as const)(
    'starts a dependant only after the record of its upstream was committed (store answers %s, groups: %s)',
    async (answers, groupsCommits) => {
      const log: string[] = [];
      const store = new RecordingStore({
        answers,
        groupsCommits,
        onCommitted: ({ stages }) => log.push(...stages.map(({ stage }) => `${stage} committed`)),
      });
      await timeline('strict', store, log);
      expect(log).toEqual([
        'a starts',
        'a committed',
        'b starts',
        'b committed',
        'c starts',
        'c committed',
      ]);
    },
  );

  it('waits for as long as the commit takes', async () => {
    const store = new RecordingStore({ answers: 'by-hand' });
    const { handle, events } = await begin(sketch(chain), { store });
    const started: string[] = [];
    for (let round = 0; round < 20; round++) {
      await turns(3);
      started.splice(0, started.length, ...told(events, 'stage.started'));
      if (store.committed.every(({ stages }) => stages.length === 0)) {
        expect(started).not.toContain('stage.started b');
      }
      store.release();
    }
    expect((await handle.result).status).toBe('succeeded');
    expect(store.committed.every(({ sync, stages }) => sync || stages.length === 0)).toBe(true);
  });
});

describe.each(['pipelined', 'none'] as const)('%s durability', (durability) => {
  it('starts dependants at once, and the commits follow in the same order', async () => {
    const store = new RecordingStore({ answers: 'by-hand' });
    let ran = 0;
    const pipeline = sketch({
      a: () => ({ a: ++ran }),
      b: { needs: ['a'], does: () => ({ b: ++ran }) },
      c: { needs: ['b'], does: () => ({ c: ++ran }) },
    });
    const { handle, events } = await begin(pipeline, { store, durability });
    await turns();
    expect([ran, store.committed.length, events.length]).toEqual([3, 0, 0]);
    for (let round = 0; round < 10; round++) {
      store.release();
      await turns(3);
    }
    expect((await handle.result).status).toBe('succeeded');
    const order = store.committed.flatMap(({ stages }) => stages.map(({ stage }) => stage));
    expect(order).toEqual(['a', 'b', 'c']);
    const synced = store.committed.some(({ sync }) => sync);
    expect(synced).toBe(durability === 'pipelined');
  });
});

describe('events', () => {
  it.each(['strict', 'pipelined', 'none'] as const)(
    'are announced only after their commit, in its order, numbered without gaps (%s)',
    async (durability) => {
      const committed = new Set<number>();
      const early: RunEvent[] = [];
      const store = new RecordingStore({
        answers: 'later',
        groupsCommits: true,
        onCommitted: (batch) => {
          for (const { seq } of batch.events) committed.add(seq);
        },
      });
      const { events, handle } = await execute(sketch(chain), {
        store,
        durability,
        onEvent: (event) => {
          if (!committed.has(event.seq)) early.push(event);
        },
      });
      expect(early).toEqual([]);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
      expect(events).toEqual(await store.loadEvents(handle.id, 0, 1000));
      expect(events.length).toBeGreaterThanOrEqual(8);
    },
  );

  it('tell of the start of a stage before it may hold the process', async () => {
    const store = new MemoryStore();
    const seen: unknown[] = [];
    const events: RunEvent[] = [];
    const look = (): void => {
      const [{ id } = { id: asRunId('') }] = store.listRuns({ limit: 1 });
      seen.push([store.loadAttempts(id).map(({ stage }) => stage), told(events).at(-1)]);
    };
    await execute(sketch({ first: look, second: { needs: ['first'], does: look } }), {
      store,
      onEvent: (event) => void events.push(event),
    });
    expect(seen).toEqual([
      [['first'], 'stage.started first'],
      [['first', 'second'], 'stage.started second'],
    ]);
  });

  it('tell of the start of a stage that runs long while it runs', async () => {
    const open = gate();
    const { handle, events } = await begin(sketch({ long: () => open.opened }));
    await turns();
    expect(told(events)).toEqual(['run.started', 'stage.started long']);
    open.open();
    await handle.result;
  });
});

describe('group commit', () => {
  const fan = (run: () => unknown): ModelPipeline => {
    const one = { needs: ['source'], stage: stageOf({ run }) };
    const ids = Array.from({ length: 1000 }, (_, n) => `s${n}`);
    return definePipeline({
      name: 'fan',
      stages: {
        source: { stage: stageOf({ run: () => ({ source: 1 }) }) },
        ...Object.fromEntries(ids.map((id) => [id, one])),
      },
    });
  };

  it.each([
    ['synchronous', () => ({})],
    ['asynchronous', async () => ({})],
  ])('lets a fan of a thousand %s stages share a few transactions', async (_name, does) => {
    const store = new RecordingStore({ groupsCommits: true });
    const { result } = await execute(fan(does), { store });
    expect(result.status).toBe('succeeded');
    expect(store.commits).toBeLessThan(15);
  });

  it('is not done on a store without syncs, where it would only delay', async () => {
    const store = new RecordingStore();
    await execute(
      fan(() => ({})),
      { store },
    );
    expect(store.commits).toBeGreaterThan(1000);
  });

  it('writes the start and the end of an attempt in one batch as one row', async () => {
    const store = new RecordingStore({ groupsCommits: true });
    const { handle } = await execute(
      fan(() => ({})),
      { store },
    );
    for (const { attempts } of store.committed) {
      const rows = attempts.map(({ stage, attempt }) => `${stage} ${attempt}`);
      expect(new Set(rows).size).toBe(rows.length);
    }
    const kept = await store.loadAttempts(handle.id);
    expect(kept).toHaveLength(1001);
    expect(kept.every(({ status }) => status === 'succeeded')).toBe(true);
  });

  it('writes an attempt that runs long as running first', async () => {
    const open = gate();
    const store = new RecordingStore();
    const { handle } = await begin(sketch({ long: () => open.opened }), { store });
    await turns();
    expect(await store.loadAttempts(handle.id)).toMatchObject([{ status: 'running' }]);
    open.open();
    await handle.result;
    expect(await store.loadAttempts(handle.id)).toMatchObject([{ status: 'succeeded' }]);
  });
});
