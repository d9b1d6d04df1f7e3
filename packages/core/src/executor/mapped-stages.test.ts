import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import { z } from '../base/zod.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { RunEvent } from '../events/index.ts';
import { turns } from './testing-local/gate.ts';
import { mappedScene, tickers } from './testing-local/mapped-scene.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { begin, execute, explanations, stageIn } from './testing-local/run-pipeline.ts';

const later = <T>(value: T, turnsToWait: number): Promise<T> =>
  turns(turnsToWait).then(() => value);

function failedItems(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'stage.item-failed' ? [event.item] : []));
}

describe('a mapped stage', () => {
  it('gives the results in the order of the items, whatever the order in which they ended', async () => {
    const scene = mappedScene(({ price }) => later(price, 12 - 2 * price));
    const { result } = await execute(scene.pipeline(tickers('a', 'b', 'c', 'd')));
    expect(result.context.get('scores')).toEqual([1, 2, 3, 4]);
    expect(stageIn(result, 'score')).toMatchObject({ items: { total: 4, failed: 0, kept: 0 } });
    expect(result.status).toBe('succeeded');
  });

  it('has no more items under way than its concurrency allows', async () => {
    let active = 0;
    let most = 0;
    const scene = mappedScene(async ({ price }) => {
      most = Math.max(most, ++active);
      await turns(3);
      active--;
      return price;
    });
    const items = tickers(...'abcdefghij');
    await execute(scene.pipeline(items, { map: { concurrency: 3 } }));
    expect(most).toBe(3);
  });

  it('maps over nothing without a word', async () => {
    const { result } = await execute(mappedScene().pipeline([]));
    expect(result.context.get('scores')).toEqual([]);
    expect(result.status).toBe('succeeded');
  });

  it('refuses items without a key and two of one key, all at once, before it begins', async () => {
    const scene = mappedScene();
    const items = [...tickers('a', 'b', 'a'), { price: 3 } as never];
    const { result } = await execute(scene.pipeline(items));
    expect(scene.ran).toEqual([]);
    expect(stageIn(result, 'score').failure).toMatchObject({
      code: 'STAGE_INPUT_INVALID',
      issues: [
        { path: 'tickers[2]', message: 'has the key "a", as tickers[0] has' },
        { path: 'tickers[3]', message: 'has no text or number at "symbol" to tell it by' },
      ],
    });
  });

  it('gives each item its key, its place and a signal, and a scope that may be taken apart', async () => {
    const seen: unknown[] = [];
    const scene = mappedScene((ticker, { inputs, ...rest }) => {
      seen.push([rest.key, rest.index, rest.itemTry, rest.signal.aborted, Object.keys(inputs)]);
      return ticker.price;
    });
    await execute(scene.pipeline(tickers('a', 'b')));
    expect(seen).toEqual([
      ['a', 0, 1, false, ['tickers']],
      ['b', 1, 1, false, ['tickers']],
    ]);
  });
});

describe('an item that fails', () => {
  it('fails the stage when none may, and what else is under way is still recorded', async () => {
    const scene = mappedScene();
    scene.broken.add('b');
    const store = new MemoryStore();
    const { result, handle } = await execute(scene.pipeline(tickers('a', 'b', 'c')), { store });
    expect(result.status).toBe('failed');
    const { failure, items } = stageIn(result, 'score');
    expect(failure).toMatchObject({ code: 'ITEMS_FAILED', phase: 'run' });
    expect(failure?.message).toBe(
      '1 of 3 items of stage "score" failed, and none may; 1 were not begun any more: item "b" of stage "score" failed: no price of b',
    );
    expect(items).toEqual({ total: 3, failed: 1, kept: 0 });
    const records = store.loadItems(handle.id, 'score' as never);
    expect(records.map(({ key, status }) => [key, status])).toEqual([
      ['a', 'succeeded'],
      ['b', 'failed'],
    ]);
  });

  it('leaves the run degraded when the budget allows it, and the others whole', async () => {
    const scene = mappedScene();
    scene.broken.add('b').add('d');
    const map = { failureBudget: '50%', failures: 'failed' };
    const { result, events } = await execute(scene.pipeline(tickers('a', 'b', 'c', 'd'), { map }));
    expect(result.status).toBe('degraded');
    expect(result.context.get('scores')).toEqual([1, 3]);
    expect(result.context.get('failed')).toEqual([
      { key: 'b', reason: 'threw', message: 'no price of b' },
      { key: 'd', reason: 'threw', message: 'no price of d' },
    ]);
    expect(failedItems(events)).toEqual(['b', 'd']);
  });

  it('is done alone by a resume, with the results of the others kept', async () => {
    const scene = mappedScene();
    const store = new MemoryStore();
    scene.broken.add('b');
    const pipeline = scene.pipeline(tickers('a', 'b', 'c'), { map: { failureBudget: 1 } });
    const first = await execute(pipeline, { store });
    scene.broken.clear();
    scene.ran.length = 0;
    const resumed = await execute(pipeline, { store, resume: first.handle.id });
    expect(scene.ran).toEqual(['b']);
    expect(explanations(resumed.handle.plan)).toEqual(['1 of 3 items failed']);
    expect(resumed.result.context.get('scores')).toEqual([1, 2, 3]);
    expect(resumed.result.status).toBe('succeeded');
    expect(stageIn(resumed.result, 'score').items).toEqual({ total: 3, failed: 0, kept: 2 });
  });

  it('returned what the schema refuses: it fails alone, with the path', async () => {
    const scene = mappedScene(({ symbol, price }) => (symbol === 'b' ? 'none' : price));
    const { result, events } = await execute(
      scene.pipeline(tickers('a', 'b', 'c'), { map: { failureBudget: 1 } }),
    );
    expect(result.context.get('scores')).toEqual([1, 3]);
    const told = events.find((event) => event.type === 'stage.item-failed');
    expect(told).toMatchObject({ item: 'b', failure: { code: 'STAGE_OUTPUT_INVALID' } });
  });

  it('returned what cannot be stored: it fails alone', async () => {
    const scene = mappedScene(({ symbol, price }) => (symbol === 'b' ? () => 1 : price));
    const { events } = await execute(
      scene.pipeline(tickers('a', 'b'), { map: { failureBudget: 1, into: 'scores' } }),
    );
    expect(failedItems(events)).toEqual(['b']);
  });
});

describe('a retry of an item', () => {
  it('follows each failure, leaves its slot to others meanwhile, and counts in the record', async () => {
    let calls = 0;
    const scene = mappedScene(({ symbol, price }) => {
      if (symbol === 'a' && ++calls < 3) throw new RangeError('busy');
      return price;
    });
    const clock = new VirtualClock();
    const store = new MemoryStore();
    const map = { concurrency: 1, retry: { attempts: 3, jitter: false, delay: '1s' } };
    const { handle } = await begin(scene.pipeline(tickers('a', 'b'), { map }), { clock, store });
    await clock.advance(0);
    expect(scene.ran).toEqual(['a', 'b']);
    await clock.advance(10_000);
    const result = await handle.result;
    expect(result.context.get('scores')).toEqual([1, 2]);
    expect(store.loadItems(handle.id, 'score' as never)).toMatchObject([
      { key: 'b', tries: 1 },
      { key: 'a', tries: 3 },
    ]);
  });

  it('of the stage does only what is not done yet', async () => {
    const scene = mappedScene();
    scene.broken.add('b');
    const clock = new VirtualClock();
    const { handle } = await begin(
      scene.pipeline(tickers('a', 'b', 'c'), {
        retry: { attempts: 2, delay: '1s', jitter: false },
      }),
      { clock, onEvent: ({ type }) => type === 'stage.retrying' && scene.broken.clear() },
    );
    await clock.advance(5000);
    expect((await handle.result).status).toBe('succeeded');
    expect(scene.ran).toEqual(['a', 'b', 'b', 'c']);
  });
});

describe('time that is over', () => {
  it('aborts one item and fails it alone', async () => {
    const reasons: unknown[] = [];
    const scene = mappedScene(({ symbol, price }, { signal }) => {
      if (symbol !== 'b') return price;
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reasons.push((signal.reason as Error).name);
          reject(signal.reason);
        });
      });
    });
    const clock = new VirtualClock();
    const map = { timeout: '1s', failureBudget: 1 };
    const { handle, events } = await begin(scene.pipeline(tickers('a', 'b', 'c'), { map }), {
      clock,
    });
    await clock.advance(2000);
    const result = await handle.result;
    expect(result.context.get('scores')).toEqual([1, 3]);
    expect(reasons).toEqual(['TimeoutError']);
    const told = events.find((event) => event.type === 'stage.item-failed');
    expect(told).toMatchObject({
      failure: {
        code: 'STAGE_TIMED_OUT',
        message: 'item "b" of stage "score" did not end within 1.0s',
      },
    });
  });

  it('leaves an item behind that does not heed its signal, and drops what it returns later', async () => {
    const scene = mappedScene(({ symbol, price }) =>
      symbol === 'a' ? new Promise(() => {}) : price,
    );
    const clock = new VirtualClock();
    const { handle } = await begin(
      scene.pipeline(tickers('a', 'b'), {
        grace: '2s',
        map: { timeout: '1s', failureBudget: 1, concurrency: 1 },
      }),
      { clock },
    );
    await clock.advance(10_000);
    expect((await handle.result).context.get('scores')).toEqual([2]);
  });

  it('of the whole stage keeps what is done and counts the rest as failed', async () => {
    const scene = mappedScene(({ price }, { signal }) =>
      price < 3
        ? price
        : new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const clock = new VirtualClock();
    const map = { deadline: '1m', failureBudget: '100%', failures: 'failed', concurrency: 2 };
    const { handle } = await begin(scene.pipeline(tickers(...'abcdef'), { map }), { clock });
    await clock.advance(61_000);
    const result = await handle.result;
    expect(result.context.get('scores')).toEqual([1, 2]);
    const failed = result.context.get('failed') as readonly { key: string; reason: string }[];
    expect(failed.map(({ key, reason }) => [key, reason])).toEqual([
      ['c', 'timed-out'],
      ['d', 'timed-out'],
      ['e', 'timed-out'],
      ['f', 'timed-out'],
    ]);
  });

  it('of a cancelled stage aborts its items, and what was done is kept for the resume', async () => {
    const scene = mappedScene(({ price }, { signal }) =>
      price < 3
        ? price
        : new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const store = new MemoryStore();
    const { handle } = await begin(scene.pipeline(tickers(...'abcd')), { store });
    await turns(5);
    handle.cancel('kill');
    expect((await handle.result).status).toBe('cancelled');
    const records = store.loadItems(handle.id, 'score' as never);
    expect(records.map(({ key, status }) => `${key} ${status}`)).toEqual([
      'a succeeded',
      'b succeeded',
    ]);
    const whole = mappedScene();
    const { result } = await execute(whole.pipeline(tickers(...'abcd')), {
      store,
      resume: handle.id,
    });
    expect(whole.ran).toEqual(['c', 'd']);
    expect(result.context.get('scores')).toEqual([1, 2, 3, 4]);
  });
});

describe('a resume of a stage that was under way', () => {
  const half = async (
    rate?: number,
  ): Promise<{ readonly store: MemoryStore; readonly id: never; readonly inner: MemoryStore }> => {
    const scene = mappedScene();
    scene.broken.add('c');
    const store = new MemoryStore();
    const options = { map: { concurrency: 1 }, ...(rate === undefined ? {} : { rate }) };
    const { handle } = await execute(scene.pipeline(tickers('a', 'b', 'c', 'd'), options), {
      store,
    });
    return { store, id: handle.id as never, inner: store };
  };

  it('does items that are new or changed and drops those that are gone', async () => {
    const { store, id } = await half();
    const scene = mappedScene();
    const changed = [
      { symbol: 'new', price: 10 },
      { symbol: 'b', price: 20 },
      { symbol: 'a', price: 1 },
    ];
    const { result } = await execute(scene.pipeline(changed), { store, resume: id });
    expect(scene.ran).toEqual(['new', 'b']);
    expect(result.context.get('scores')).toEqual([10, 20, 1]);
  });

  it.each([
    ['another input', { rate: 2 }],
    ['another version of the class', { version: '2' }],
  ])('does all of them again with %s', async (_, options) => {
    const { store, id } = await half(1);
    const scene = mappedScene();
    await execute(scene.pipeline(tickers('a', 'b', 'c', 'd'), { rate: 1, ...options }), {
      store,
      resume: id,
    });
    expect(scene.ran).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps them when only how they are run changed', async () => {
    const { store, id } = await half(1);
    const scene = mappedScene();
    const map = { concurrency: 9, failureBudget: '1%', retry: { attempts: 2 }, timeout: '5m' };
    await execute(scene.pipeline(tickers('a', 'b', 'c', 'd'), { rate: 1, map }), {
      store,
      resume: id,
    });
    expect(scene.ran).toEqual(['c', 'd']);
  });

  it('does an item again whose result is damaged', async () => {
    const { inner, id } = await half();
    const store = new RecordingStore({ inner, answers: 'later' });
    const record = inner.loadItems(id, 'score' as never).find(({ key }) => key === 'a');
    store.damage(record?.result ?? '');
    const scene = mappedScene();
    const { result } = await execute(scene.pipeline(tickers('a', 'b', 'c', 'd')), {
      store,
      resume: id,
    });
    expect(scene.ran.sort()).toEqual(['a', 'c', 'd']);
    expect(result.context.get('scores')).toEqual([1, 2, 3, 4]);
  });
});

describe('a fork', () => {
  it('begins with the items that the other run has done, and owns them', async () => {
    const scene = mappedScene();
    scene.broken.add('c');
    const store = new MemoryStore();
    const pipeline = scene.pipeline(tickers('a', 'b', 'c'), { map: { concurrency: 1 } });
    const { handle, executor } = await execute(pipeline, { store });
    scene.broken.clear();
    scene.ran.length = 0;
    const fork = await executor.fork(handle.id, pipeline);
    expect((await fork.result).context.get('scores')).toEqual([1, 2, 3]);
    expect(scene.ran).toEqual(['c']);
    expect(store.loadItems(fork.id, 'score' as never)).toHaveLength(3);
  });
});

describe('a fork that is resumed', () => {
  it('still knows what the other run did, whether its stage was kept or had not begun', async () => {
    const store = new MemoryStore();
    const scene = mappedScene();
    const [items, edited] = [tickers('a', 'b', 'c'), tickers('a', 'b', 'c')];
    const first = await execute(scene.pipeline(items), { store });
    const fork = await first.executor.fork(first.handle.id, scene.pipeline(items));
    await fork.result;
    expect(scene.ran).toEqual(['a', 'b', 'c']);
    scene.ran.length = 0;
    const changed = edited.map((item) => (item.symbol === 'b' ? { ...item, price: 20 } : item));
    const { result } = await execute(scene.pipeline(changed), { store, resume: fork.id });
    expect(scene.ran).toEqual(['b']);
    expect(result.context.get('scores')).toEqual([1, 20, 3]);
  });
});

describe('a stage that is asked for by name', () => {
  it('does all its items again', async () => {
    const store = new MemoryStore();
    const scene = mappedScene();
    const pipeline = scene.pipeline(tickers('a', 'b'));
    const { handle } = await execute(pipeline, { store });
    scene.ran.length = 0;
    const selection = { from: ['score'] };
    await execute(pipeline, { store, resume: handle.id, selection });
    expect(scene.ran).toEqual(['a', 'b']);
  });

  it('keeps what it has done when it is tried again', async () => {
    const store = new MemoryStore();
    const scene = mappedScene();
    const pipeline = scene.pipeline(tickers('a', 'b'), {
      retry: { attempts: 2, delay: '1ms' },
      map: { concurrency: 1 },
    });
    const { handle } = await execute(pipeline, { store });
    scene.ran.length = 0;
    scene.broken.add('b');
    const mend = ({ type }: RunEvent): boolean =>
      type === 'stage.retrying' && scene.broken.delete('b');
    await execute(pipeline, {
      store,
      resume: handle.id,
      selection: { from: ['score'] },
      onEvent: mend,
    });
    expect(scene.ran).toEqual(['a', 'b', 'b']);
  });
});

describe('a run that is drained', () => {
  it('begins no more items, records those under way, and goes on with the rest', async () => {
    const store = new MemoryStore();
    const gates = new Map<string, () => void>();
    const scene = mappedScene(
      ({ symbol, price }) => new Promise((resolve) => gates.set(symbol, () => resolve(price))),
    );
    const map = { concurrency: 2 };
    const { handle } = await begin(scene.pipeline(tickers(...'abcd'), { map }), { store });
    await turns(5);
    handle.cancel('drain');
    await turns(5);
    for (const open of gates.values()) open();
    const { status } = await handle.result;
    expect([status, scene.ran]).toEqual(['cancelled', ['a', 'b']]);
    const rest = mappedScene();
    const { result } = await execute(rest.pipeline(tickers(...'abcd'), { map }), {
      store,
      resume: handle.id,
    });
    expect([rest.ran, result.context.get('scores')]).toEqual([
      ['c', 'd'],
      [1, 2, 3, 4],
    ]);
  });

  it('ends as it would have when all its items had begun', async () => {
    const gates = new Map<string, () => void>();
    const scene = mappedScene(
      ({ symbol, price }) => new Promise((resolve) => gates.set(symbol, () => resolve(price))),
    );
    const { handle } = await begin(scene.pipeline(tickers('a', 'b')));
    await turns(5);
    handle.cancel('drain');
    for (const open of gates.values()) open();
    expect((await handle.result).status).toBe('succeeded');
  });
});

describe('progress', () => {
  it('begins with what is kept', async () => {
    const store = new MemoryStore();
    const scene = mappedScene();
    scene.broken.add('c');
    const pipeline = scene.pipeline(tickers('a', 'b', 'c'), { map: { failureBudget: 1 } });
    const { handle } = await execute(pipeline, { store });
    scene.broken.clear();
    const { events } = await execute(pipeline, { store, resume: handle.id });
    const told = events.flatMap((event) =>
      event.type === 'stage.progress' ? [event.message] : [],
    );
    expect(told[0]).toMatch(/^[23] of 3 items$/);
  });
});

describe('a store that answers later', () => {
  it('holds the items back while too many wait to be written', async () => {
    const scene = mappedScene(() => 'x'.repeat(1024 * 1024).length);
    const store = new RecordingStore({ answers: 'by-hand' });
    const many = Array.from({ length: 5000 }, (_, index) => ({ symbol: `s${index}`, price: 1 }));
    const { handle } = await begin(scene.pipeline(many), { store });
    for (let turn = 0; turn < 40; turn++) await turns(5);
    const begunWhileHeld = scene.ran.length;
    expect(begunWhileHeld).toBeGreaterThan(0);
    expect(begunWhileHeld).toBeLessThan(4000);
    const pump = async (): Promise<void> => {
      while (store.held > 0 || scene.ran.length < many.length) {
        store.release();
        await turns(1);
      }
    };
    await Promise.race([pump(), handle.result]);
    while (store.held > 0) {
      store.release();
      await turns(1);
    }
  });
});

describe('a secret', () => {
  const secret = {
    holdsSecret: (text: string) => text.includes('s3cret'),
    redact: (text: string) => text.replaceAll('s3cret', '***'),
  };

  it('that an item returns fails it, and is nowhere on record', async () => {
    const scene = mappedScene(({ price }, { key }) => (key === 'b' ? ('s3cret' as never) : price));
    const store = new MemoryStore();
    const map = { failureBudget: 1, failures: 'failed' };
    const stage = scene.pipeline(tickers('a', 'b'), { map, element: z.any() });
    const { events, handle } = await execute(stage, { ...secret, store });
    const records = store.loadItems(handle.id, 'score' as never);
    expect(records.map(({ key, failure }) => [key, failure?.code])).toEqual([
      ['a', undefined],
      ['b', 'SECRET_IN_VALUE'],
    ]);
    expect(JSON.stringify([records, events])).not.toContain('s3cret');
  });

  it('that an item throws, or is named by, is taken out', async () => {
    const scene = mappedScene(({ price }) => {
      if (price === 2) throw new RangeError('refused for s3cret');
      return price;
    });
    const store = new MemoryStore();
    const map = { failureBudget: 1, failures: 'failed' };
    const { events, handle, result } = await execute(scene.pipeline(tickers('a', 'b'), { map }), {
      ...secret,
      store,
    });
    const records = store.loadItems(handle.id, 'score' as never);
    expect(JSON.stringify([records, events, result.context.get('failed')])).not.toContain('s3cret');
    expect(result.context.get('failed')).toEqual([
      { key: 'b', reason: 'threw', message: 'refused for ***' },
    ]);
  });
});
