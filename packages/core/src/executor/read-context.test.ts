import { describe, expect, it } from '@jest/globals';
import { asRunId } from '../base/ids.ts';
import { readContext, readValues } from './read-context.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { execute, sketch } from './testing-local/run-pipeline.ts';
import { updateChain } from './testing-local/update-chain.ts';

describe('the context of a stored run', () => {
  it.each(['at-once', 'later'] as const)(
    'is what the run ended with, patches replayed, from a store that answers %s',
    async (answers) => {
      const store = new RecordingStore({ answers });
      const { handle, result } = await execute(updateChain({ at: '' }), { store });
      const context = await readContext(store, handle.id);
      expect(context.keys()).toEqual(result.context.keys());
      for (const key of context.keys()) {
        expect(context.get(key)).toEqual(result.context.get(key));
        expect(context.hashOf(key)).toBe(result.context.hashOf(key));
      }
    },
  );

  it('gives the other keys when one is damaged', async () => {
    const store = new RecordingStore();
    const pipeline = sketch({ a: () => ({ a: 'sound' }), b: () => ({ b: 'damaged' }) });
    const { handle } = await execute(pipeline, { store });
    const [write] =
      store.inner.loadStages(handle.id).find(({ stage }) => stage === 'b')?.writes ?? [];
    store.damage(write?.hash ?? '');
    const context = await readContext(store, handle.id);
    expect(context.get('a')).toBe('sound');
    expect(() => context.get('b')).toThrow(expect.objectContaining({ code: 'CHECKPOINT_CORRUPT' }));
  });

  it('of a run that is not there is refused', async () => {
    await expect(readContext(new RecordingStore(), asRunId('nope'))).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
    });
  });
});

describe('values of a stored run', () => {
  const pipeline = () => sketch({ a: () => ({ a: 'sound' }), b: () => ({ b: 'damaged' }) });

  it('are given by key, and those that are damaged or were never written are missing', async () => {
    const store = new RecordingStore();
    const { handle } = await execute(pipeline(), { store });
    const [write] =
      store.inner.loadStages(handle.id).find(({ stage }) => stage === 'b')?.writes ?? [];
    store.damage(write?.hash ?? '');
    expect(await readValues(store, handle.id, ['a', 'b', 'none'])).toEqual({ a: 'sound' });
  });

  it('are loaded for these keys alone', async () => {
    const store = new RecordingStore();
    const { handle } = await execute(pipeline(), { store });
    const loaded: string[] = [];
    const load = store.inner.loadValue.bind(store.inner);
    store.inner.loadValue = (hash) => {
      loaded.push(hash);
      return load(hash);
    };
    expect(await readValues(store, handle.id, ['b'])).toEqual({ b: 'damaged' });
    expect(loaded).toHaveLength(1);
  });

  it('with the patches of their updates are what the run ended with', async () => {
    const store = new RecordingStore();
    const { handle, result } = await execute(updateChain({ at: '' }), { store });
    const keys = result.context.keys();
    expect(await readValues(store, handle.id, keys)).toEqual(result.context.toObject());
  });

  it('of a run that is not there are refused', async () => {
    await expect(readValues(new RecordingStore(), asRunId('nope'), [])).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
    });
  });
});
