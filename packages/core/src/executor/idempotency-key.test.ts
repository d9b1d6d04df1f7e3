import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { mappedScene, tickers } from './testing-local/mapped-scene.ts';
import { execute, sketch } from './testing-local/run-pipeline.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

interface PayScene {
  readonly keys: string[];
  failures: number;
  pipeline(changes?: {
    readonly amount?: number;
    readonly account?: string;
    readonly version?: string;
    readonly other?: number;
  }): ModelPipeline;
}

/** `pay` notes its key, and fails as often as it is told to. */
function payScene(inputs: z.ZodObject | null = z.object({ amount: z.number() })): PayScene {
  const keys: string[] = [];
  const scene: PayScene = {
    keys,
    failures: 0,
    pipeline: ({ amount = 10, account = 'a', version = '1', other = 0 } = {}) => {
      const spec = {
        version,
        params: z.object({ account: z.string() }),
        ...(inputs === null ? {} : { inputs }),
      };
      const run = ({ idempotencyKey }: { readonly idempotencyKey: string }): object => {
        keys.push(idempotencyKey);
        if (scene.failures-- > 0) throw new Error('no answer');
        return {};
      };
      const pay = { does: { spec, run }, with: { account }, retry: { attempts: 3, delay: '0s' } };
      return sketch({ pay }, { context: { amount, other } });
    },
  };
  return scene;
}

/** The keys of two sessions of one run, the second of another pipeline. */
async function keysOf(
  scene: PayScene,
  changes: Parameters<PayScene['pipeline']>[0],
): Promise<readonly string[]> {
  const store = new MemoryStore();
  scene.failures = 3;
  const { handle } = await execute(scene.pipeline(), { store });
  await execute(scene.pipeline(changes), { store, resume: handle.id });
  return scene.keys;
}

describe('the idempotency key of a stage', () => {
  it('is a UUID, and the same for every attempt, in later sessions too', async () => {
    const keys = await keysOf(payScene(), {});
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(UUID);
  });

  it.each([
    ['an input', { amount: 11 }],
    ['a param', { account: 'b' }],
    ['the version', { version: '2' }],
  ])('is another one once %s is', async (_, changes) => {
    const keys = await keysOf(payScene(), changes);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it('is the same when something else changes that the stage does not declare to read', async () => {
    expect(new Set(await keysOf(payScene(), { other: 1 })).size).toBe(1);
  });

  it('rests on all keys for a stage that declares no inputs', async () => {
    expect(new Set(await keysOf(payScene(null), {})).size).toBe(1);
    expect(new Set(await keysOf(payScene(null), { other: 1 })).size).toBe(2);
  });

  it('is another one in another run', async () => {
    const scene = payScene();
    await execute(scene.pipeline());
    await execute(scene.pipeline());
    expect(new Set(scene.keys).size).toBe(2);
  });
});

describe('the idempotency key of an item', () => {
  it('is the same for every try of it, and rests on the item and not on the others', async () => {
    const keys: [string, string][] = [];
    const scene = mappedScene(({ symbol, price }, { idempotencyKey }) => {
      keys.push([symbol, idempotencyKey]);
      if (symbol === 'b' && keys.length < 5) throw new Error('no answer');
      return price;
    });
    const store = new MemoryStore();
    const map = { retry: { attempts: 2, delay: '0s' } };
    const first = await execute(scene.pipeline(tickers('a', 'b'), { map }), { store });
    expect(first.result.status).toBe('failed');
    const list = [...tickers('a', 'b'), { symbol: 'c', price: 1 }];
    await execute(scene.pipeline(list, { map }), { store, resume: first.handle.id });
    const ofItem = (symbol: string): Set<string> =>
      new Set(keys.filter(([each]) => each === symbol).map(([, key]) => key));
    expect(keys.map(([symbol]) => symbol)).toEqual(['a', 'b', 'b', 'b', 'c', 'b']);
    expect([ofItem('a').size, ofItem('b').size, ofItem('c').size]).toEqual([1, 1, 1]);
    expect(new Set(keys.map(([, key]) => key)).size).toBe(3);
  });

  it('is another one once the item is, or another input of its stage', async () => {
    const keys: string[] = [];
    const scene = mappedScene((_, { idempotencyKey }) => {
      keys.push(idempotencyKey);
      throw new Error('no answer');
    });
    const store = new MemoryStore();
    const { handle } = await execute(scene.pipeline(tickers('a')), { store });
    const resume = { store, resume: handle.id };
    await execute(scene.pipeline([{ symbol: 'a', price: 7 }]), resume);
    await execute(scene.pipeline([{ symbol: 'a', price: 7 }], { rate: 2 }), resume);
    expect(new Set(keys).size).toBe(3);
  });
});
