import { describe, expect, it } from '@jest/globals';
import { asRunId } from '../base/ids.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import { runCached } from '../executor/testing-local/cached-scene.ts';
import { keyed, pusher } from '../executor/testing-local/keyed.ts';
import { RecordingStore } from '../executor/testing-local/recording-store.ts';
import { execute, sketch } from '../executor/testing-local/run-pipeline.ts';
import { updateChain } from '../executor/testing-local/update-chain.ts';
import { type BlamedWrite, blame } from './blame.ts';

function summary({ writer, kind, value, changes }: BlamedWrite): unknown {
  return [
    writer.kind === 'stage' ? writer.stage : writer.kind,
    kind,
    value.ok ? value.value : value.problem.code,
    changes?.first.map(({ path }) => path.join('.')),
  ];
}

describe('the blame of a key', () => {
  it.each(['at-once', 'later'] as const)(
    'tells every writer, oldest first, and what each changed, from a store that answers %s',
    async (answers) => {
      const store = new RecordingStore({ answers });
      const pipeline = sketch(
        {
          first: { does: pusher('list', 2) },
          second: { needs: ['first'], does: pusher('list', 3) },
          other: { does: keyed([], ['x'], () => ({ x: 1 })) },
        },
        { context: { list: [1] } },
      );
      const { handle } = await execute(pipeline, { store });
      const told = await blame(store, handle.id, 'list');
      expect(told?.writes.map(summary)).toEqual([
        ['definition', 'value', [1], undefined],
        ['first', 'patch', [1, 2], ['1']],
        ['second', 'patch', [1, 2, 3], ['2']],
      ]);
      expect(told?.writes[1]?.writer).toMatchObject({ attempt: 1, session: 1, origin: undefined });
    },
  );

  it('tells what the caller gave from what the definition gives', async () => {
    const store = new MemoryStore();
    const pipeline = sketch({ s: () => ({}) }, { context: { own: 1, both: 1 } });
    const { handle } = await execute(pipeline, { store, context: { both: 2 } });
    const kinds = async (key: string): Promise<unknown> =>
      (await blame(store, handle.id, key))?.writes.map(({ writer }) => writer.kind);
    expect([await kinds('own'), await kinds('both')]).toEqual([['definition'], ['caller']]);
  });

  it('tells attempt and session of a writer that ended in a resume', async () => {
    const store = new MemoryStore();
    const broken = { at: 'push' };
    const { handle } = await execute(updateChain(broken), { store });
    broken.at = '';
    await execute(updateChain(broken), { store, resume: handle.id });
    const told = await blame(store, handle.id, 'state');
    expect(told?.writes.slice(0, 2).map(({ writer }) => writer)).toMatchObject([
      { stage: 'first', attempt: 1, session: 1 },
      { stage: 'push', attempt: 2, session: 2 },
    ]);
  });

  it('names the run whose outcome was taken over, and when it was made there', async () => {
    const store = new MemoryStore();
    const first = await runCached({}, store);
    const second = await runCached({}, store);
    const told = await blame(store, second.handle.id, 'y');
    const made = store.loadStages(first.handle.id).find(({ stage }) => stage === 's');
    expect(told?.writes[0]?.writer).toMatchObject({
      stage: 's',
      startedAt: undefined,
      origin: { runId: first.handle.id, attempt: 1, stage: 's', finishedAt: made?.finishedAt },
    });
  });

  it('says so where a value is damaged, and tells the others', async () => {
    const store = new RecordingStore();
    const { handle } = await execute(updateChain({ at: '' }), { store });
    const push = store.inner.loadStages(handle.id).find(({ stage }) => stage === 'push');
    store.damage(push?.writes[0]?.hash ?? '');
    const told = await blame(store, handle.id, 'state');
    expect(told?.writes.slice(0, 4).map(summary)).toEqual([
      ['first', 'value', { list: [0] }, undefined],
      ['push', 'patch', 'CHECKPOINT_CORRUPT', undefined],
      ['twice', 'patch', 'CHECKPOINT_CORRUPT', undefined],
      ['mixed', 'value', expect.anything(), undefined],
    ]);
  });

  it('never replays a change upon a value that was written anew since', async () => {
    const store = new MemoryStore();
    const broken = { base: 1, fails: false };
    const pipeline = (): ReturnType<typeof sketch> =>
      sketch({
        base: {
          with: { base: broken.base },
          does: keyed([], ['list'], (_, { base }) => ({ list: [base] })),
        },
        push: {
          needs: ['base'],
          does: {
            ...pusher('list', 9),
            setup: () => {
              if (broken.fails) throw new RangeError('broken');
            },
          },
        },
      });
    const { handle } = await execute(pipeline(), { store });
    // The record of `push` stands until it ends again.
    const stale = store.loadStages(handle.id).filter(({ stage }) => stage === 'push');
    broken.base = 2;
    broken.fails = true;
    await execute(pipeline(), { store, resume: handle.id });
    const base = store.loadStages(handle.id).filter(({ stage }) => stage === 'base');
    const interrupted = new Proxy(store, {
      get: (target, name) =>
        name === 'loadStages' ? () => [...base, ...stale] : Reflect.get(target, name).bind(target),
    });
    const told = await blame(interrupted, handle.id, 'list');
    expect(told?.writes.map(summary)).toEqual([
      ['base', 'value', [2], undefined],
      ['push', 'patch', 'CHECKPOINT_CORRUPT', undefined],
    ]);
  });

  it('of a key that nobody wrote is nothing, and of a run that is not there an error', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(sketch({ s: () => ({ a: 1 }) }), { store });
    expect(await blame(store, handle.id, 'b')).toBeUndefined();
    await expect(blame(store, asRunId('nope'), 'a')).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
    });
  });
});
