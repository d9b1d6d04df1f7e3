import { describe, expect, test } from '@jest/globals';
import {
  type CheckpointStore,
  InterceptedStore,
  type MemoryStore,
  type StoreCall,
} from '../checkpoint/index.ts';
import { liveThrough } from './testing-local/live-through.ts';

const SCHEDULES = Number(process.env.MILLRACE_SCHEDULES ?? 10_000);
/** One schedule alone, to see again what a failure tells. */
const ONLY = process.env.MILLRACE_SEED;

function seeds(count: number): Iterable<number> {
  return ONLY === undefined ? Array.from({ length: count }, (_, at) => at + 1) : [Number(ONLY)];
}

test('a run comes to its end under every schedule of processes that die, stop, go on and compete', async () => {
  const total = {
    schedules: 0,
    steps: 0,
    processes: 0,
    executions: 0,
    crashes: 0,
    stops: 0,
    keptItems: 0,
  };
  const ends: Record<string, number> = {};
  for (const seed of seeds(SCHEDULES)) {
    const { ends: own, ...counts } = await liveThrough(seed);
    total.schedules++;
    for (const [name, count] of Object.entries(counts) as [keyof typeof counts, number][]) {
      total[name] += count;
    }
    for (const [end, count] of Object.entries(own)) ends[end] = (ends[end] ?? 0) + count;
  }
  process.stdout.write(
    `simulation: ${JSON.stringify(total)}, ends of processes: ${JSON.stringify(ends)}\n`,
  );
  if (ONLY !== undefined) return;
  // Else the property was shown for runs without trouble only.
  expect(total.keptItems).toBeGreaterThan(SCHEDULES / 100);
  for (const end of ['succeeded', 'dead', 'LEASE_LOST', 'RUN_HELD', 'ECONNRESET']) {
    expect([end, (ends[end] ?? 0) > SCHEDULES / 100]).toEqual([end, true]);
  }
}, 600_000);

type Spoil = (call: StoreCall, store: MemoryStore) => boolean;

/** Loses the calls that it is told to, and says that all is well. */
class SpoiltStore extends InterceptedStore {
  readonly #store: MemoryStore;
  readonly #spoil: Spoil;

  constructor(store: MemoryStore, spoil: Spoil) {
    super(store);
    this.#store = store;
    this.#spoil = spoil;
  }

  protected override intercept<Answer>(
    call: StoreCall,
    proceed: () => Answer | Promise<Answer>,
  ): Answer | Promise<Answer> {
    return this.#spoil(call, this.#store) ? (undefined as Answer) : proceed();
  }
}

/** Every third commit of a store. */
function thirds(): () => boolean {
  let count = 0;
  return () => ++count % 3 === 0;
}

const SPOILS: Readonly<Record<string, () => Spoil>> = {
  'takes commits of owners that were replaced': () => (call, store) => {
    if (call.method !== 'commit') return false;
    const [{ runId }, batch] = call.args;
    store.commit({ runId, fence: store.findRun(runId)?.fence ?? 0 }, batch);
    return true;
  },
  'loses a commit now and then': () => {
    const isThird = thirds();
    return ({ method }) => method === 'commit' && isThird();
  },
  'loses the outcomes of a commit now and then': () => {
    const isThird = thirds();
    return (call, store) => {
      if (call.method !== 'commit' || !isThird()) return false;
      const [lease, batch] = call.args;
      store.commit(lease, { ...batch, stages: [] });
      return true;
    };
  },
  'loses the values of a commit now and then': () => {
    const isThird = thirds();
    return (call, store) => {
      if (call.method !== 'commit' || !isThird()) return false;
      const [lease, batch] = call.args;
      store.commit(lease, { ...batch, values: [] });
      return true;
    };
  },
  'does not keep the end of a run': () => (call, store) => {
    if (call.method !== 'commit') return false;
    const [lease, { finish: _, ...batch }] = call.args;
    store.commit(lease, batch);
    return true;
  },
};

describe('a store is found out that', () => {
  test.each(Object.entries(SPOILS))(
    '%s',
    async (_name, spoil) => {
      const seenBy = (store: MemoryStore): CheckpointStore => new SpoiltStore(store, spoil());
      let tried = 0;
      const found = async (): Promise<unknown> => {
        for (const seed of seeds(300)) {
          tried++;
          await liveThrough(seed, seenBy);
        }
        return 'nothing';
      };
      await expect(found()).rejects.toThrow(/^MILLRACE_SEED=/);
      process.stdout.write(`found by schedule ${tried}\n`);
    },
    600_000,
  );
});
