import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { EncodedValue } from '../base/codec/index.ts';
import { MemoryStore, type StageRecord } from '../checkpoint/index.ts';
import { verifyEvents } from '../run/index.ts';
import { however, runCached as run, scene } from './testing-local/cached-scene.ts';
import { keyed } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { begin, execute, sketch, stageIn } from './testing-local/run-pipeline.ts';

describe('an outcome of another run', () => {
  it('is told to be one, with the run and the attempt that made it, however often it is taken over', async () => {
    const store = new MemoryStore();
    const first = await run({}, store);
    const second = await run({}, store);
    const third = await run({}, store);
    const origin = { runId: first.handle.id, attempt: 1 };
    for (const { result, events, handle } of [second, third]) {
      expect(stageIn(result, 's')).toMatchObject({ kept: true, attempt: 0, origin });
      expect(events).toContainEqual(
        expect.objectContaining({ type: 'stage.reused', stage: 's', from: expect.any(String) }),
      );
      expect(recordOf(store, handle.id)).toMatchObject({ status: 'succeeded', origin, attempt: 0 });
    }
  });

  it.each<['is missing' | 'was cut', RecordingStore]>([
    ['is missing', new RecordingStore()],
    ['was cut', new RecordingStore({ answers: 'later' })],
  ])(
    'of which a value %s is passed over for an older one, or the stage runs',
    async (how, store) => {
      const first = await run({}, store);
      const [write] = recordOf(store.inner, first.handle.id)?.writes ?? [];
      const sound = store.inner.loadValue(write?.hash ?? '') as EncodedValue;
      const cut = { ...sound, body: `${String(sound.body)} ` } as EncodedValue;
      store.damage(sound.hash, how === 'is missing' ? undefined : cut);
      const { result } = await run({}, store);
      expect(stageIn(result, 's').status).toBe('succeeded');
    },
  );

  it('is found by a store that answers later, below stages that are taken over as well', async () => {
    const spec = { cacheable: true, version: '1' };
    const chain = sketch({
      one: { does: keyed([], ['x'], () => ({ x: 1 }), spec) },
      two: { needs: ['one'], does: keyed(['x'], ['y'], ({ x }) => ({ y: x }), spec) },
      three: { needs: ['two'], does: keyed(['y'], ['z'], ({ y }) => ({ z: y })) },
    });
    for (const durability of ['strict', 'pipelined', 'none'] as const) {
      const store = new RecordingStore({ answers: 'later', groupsCommits: true });
      await execute(chain, { store });
      const { result, handle, events } = await execute(chain, { store, durability });
      expect(handle.plan.decisions).toEqual(['reuse', 'reuse', 'run']);
      expect(result.stages.map(({ status }) => status)).toEqual(['reused', 'reused', 'succeeded']);
      verifyEvents(chain.graph, events);
    }
  });

  it('counts by the content of its files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-cached-'));
    try {
      const file = join(folder, 'data.txt');
      const store = new MemoryStore();
      const statusOf = async (text: string | undefined): Promise<unknown> => {
        if (text === undefined) rmSync(file, { force: true });
        else writeFileSync(file, text);
        return however(await run({ files: [file] }, store))[0];
      };
      expect(await statusOf('one')).toBe('succeeded');
      expect(await statusOf('one')).toBe('reused');
      expect(await statusOf('two')).toBe('succeeded');
      expect(await statusOf('one')).toBe('reused');
      expect(await statusOf(undefined)).toBe('succeeded');
      expect(await statusOf(undefined)).toBe('reused');
      expect(however(await run({ files: [] }, store))[0]).toBe('succeeded');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is made twice by two runs at once, neither of which waits for the other', async () => {
    const store = new MemoryStore();
    const both = [await begin(scene(), { store }), await begin(scene(), { store })];
    const results = await Promise.all(both.map(({ handle }) => handle.result));
    expect(results.map((result) => stageIn(result, 's').status)).toContain('succeeded');
    expect(results.map((result) => result.context.toObject())).toEqual([
      { x: 1, y: [1, 1], z: [1, 1] },
      { x: 1, y: [1, 1], z: [1, 1] },
    ]);
    expect(however(await run({}, store))[0]).toBe('reused');
  });
});

function recordOf(
  store: MemoryStore,
  id: Parameters<MemoryStore['findRun']>[0],
): StageRecord | undefined {
  return store.loadStages(id).find(({ stage }) => stage === 's');
}
