import { describe, expect, it } from '@jest/globals';
import { createTextRedactor } from '../base/secrets/index.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import { keyed } from '../executor/testing-local/keyed.ts';
import { RecordingStore } from '../executor/testing-local/recording-store.ts';
import { execute, sketch } from '../executor/testing-local/run-pipeline.ts';
import { makeCapsule } from './make-capsule.ts';
import { replayCapsule } from './replay-capsule.ts';
import { capsuleOf, classOf, textOf } from './testing-local/capsule-of.ts';

const failing = keyed(['x'], [], () => {
  throw new Error('no');
});

describe('the capsule of a stage', () => {
  it('that never started is refused, with the reason', async () => {
    const pipeline = sketch({
      bad: {
        does: keyed([], ['x'], () => {
          throw new Error('no');
        }),
      },
      next: { needs: ['bad'], does: failing },
    });
    await expect(capsuleOf(pipeline, { stage: 'next' })).rejects.toMatchObject({
      code: 'STAGE_NOT_STARTED',
      message: expect.stringContaining('it needs "bad", which failed'),
    });
    await expect(capsuleOf(pipeline, { stage: 'nxt' })).rejects.toMatchObject({
      code: 'STAGE_UNKNOWN',
      help: 'did you mean "next"?',
    });
  });

  it('is of the newest attempt, or of the one that is named', async () => {
    let tries = 0;
    const pipeline = sketch({
      flaky: {
        retry: { attempts: 3, delay: '1ms' },
        does: () => {
          tries++;
          if (tries % 3 !== 0) throw new Error(`try ${tries}`);
          return { ok: true };
        },
      },
    });
    const newest = await capsuleOf(pipeline, { stage: 'flaky' });
    expect(newest.head).toMatchObject({
      attempt: 3,
      status: 'succeeded',
      outputs: [{ key: 'ok' }],
    });
    tries = 0;
    const first = await capsuleOf(pipeline, { stage: 'flaky', attempt: 1 });
    expect(first.head).toMatchObject({
      attempt: 1,
      status: 'failed',
      outputs: [],
      failure: { thrown: { message: 'try 1' } },
    });
    await expect(capsuleOf(pipeline, { stage: 'flaky', attempt: 9 })).rejects.toMatchObject({
      code: 'CAPSULE_ATTEMPT_UNKNOWN',
      message: expect.stringContaining('no attempt 9; it has'),
    });
  });

  it('tells that its stage waits, since a replay cannot', async () => {
    const pipeline = sketch({
      nap: {
        does: async ({ sleep }) => {
          await sleep(1);
          await sleep(1);
          throw new Error('too early');
        },
      },
    });
    const capsule = await capsuleOf(pipeline, { stage: 'nap' });
    expect(capsule.head.notes).toEqual([
      'the stage waits for a time: a replay cannot wait, and fails there',
    ]);
    expect((await replayCapsule(capsule, classOf(pipeline, 'nap'))).failure).toMatchObject({
      thrown: { code: 'WAIT_IMPOSSIBLE' },
    });
  });

  it('holds what a stage saw that failed, and of one that succeeded what it read', async () => {
    const pipeline = sketch(
      {
        good: { does: keyed(['x'], ['y'], ({ x }) => ({ y: x })) },
        bad: { does: failing },
      },
      { context: { x: 1, other: 2 }, failureMode: 'continue' },
    );
    const kinds = async (stage: string): Promise<unknown> =>
      (await capsuleOf(pipeline, { stage })).head.context.map(({ name, kind }) => [name, kind]);
    expect(await kinds('bad')).toEqual([
      ['other', 'value'],
      ['x', 'value'],
    ]);
    expect(await kinds('good')).toEqual([
      ['other', 'left-out'],
      ['x', 'left-out'],
    ]);
  });

  it('leaves out what is large and not declared, unless all is wanted', async () => {
    const pipeline = sketch(
      { bad: { does: failing } },
      { context: { x: new Uint8Array(2_000_000), other: 'y'.repeat(2_000_000) } },
    );
    const capsule = await capsuleOf(pipeline, { stage: 'bad' });
    expect(capsule.head.inputs).toMatchObject([{ name: 'x', kind: 'value' }]);
    expect(capsule.head.context).toMatchObject([
      { name: 'other', kind: 'left-out', why: 'large' },
      { name: 'x', kind: 'value' },
    ]);
    expect(capsule.head.notes).toEqual([
      'left out for its size, since the stage does not declare it: "other"',
    ]);
    const whole = await capsuleOf(pipeline, { stage: 'bad', isWhole: true });
    expect(whole.head.context).toMatchObject([{ kind: 'value' }, { kind: 'value' }]);
  });

  it('holds what the stage read, also when that was written anew since', async () => {
    const store = new MemoryStore();
    const makePipeline = (base: number) =>
      sketch({
        top: { with: { base }, does: keyed([], ['x'], (_, params) => ({ x: params.base })) },
        low: { needs: ['top'], does: keyed(['x'], ['y'], ({ x }) => ({ y: x })) },
      });
    const { handle } = await execute(makePipeline(1), { store });
    const kept = store.loadStages(handle.id);
    await execute(makePipeline(2), { store, resume: handle.id });
    const low = kept.find(({ stage }) => stage === 'low');
    // As an interrupted resume leaves it: `top` is new, `low` is as it was.
    const stages = store
      .loadStages(handle.id)
      .map((record) => (record.stage === 'low' && low !== undefined ? low : record));
    const attempts = store.loadAttempts(handle.id).filter(({ fence }) => fence === 1);
    const patched = new Proxy(store, {
      get: (target, name) => {
        if (name === 'loadStages') return () => stages;
        if (name === 'loadAttempts') return () => attempts;
        return Reflect.get(target, name).bind(target);
      },
    });
    const request = { runId: handle.id, pipeline: makePipeline(2), stage: 'low' };
    const capsule = await makeCapsule(patched, request);
    expect(capsule.head.inputs).toEqual([{ name: 'x', kind: 'left-out', why: 'replaced' }]);
    await expect(replayCapsule(capsule, classOf(makePipeline(2), 'low'))).rejects.toMatchObject({
      code: 'CAPSULE_INPUT_MISSING',
    });
    const replay = await replayCapsule(capsule, classOf(makePipeline(2), 'low'), {
      inputs: { x: 1 },
    });
    expect(replay.verdict).toBe('same-outputs');
  });

  it('that took over the outcome of another run is replayed like any other', async () => {
    const store = new MemoryStore();
    const pipeline = sketch(
      {
        low: {
          does: keyed(['x'], ['y'], ({ x }) => ({ y: [x] }), { cacheable: true, version: '1' }),
        },
      },
      { context: { x: 1 } },
    );
    await execute(pipeline, { store });
    const capsule = await capsuleOf(pipeline, { stage: 'low' }, { store });
    expect(capsule.head).toMatchObject({
      status: 'succeeded',
      attempt: 0,
      outputs: [{ key: 'y' }],
    });
    expect(await replayCapsule(capsule, classOf(pipeline, 'low'))).toMatchObject({
      verdict: 'same-outputs',
    });
  });

  it('leaves out what the store gives no more, and names it', async () => {
    const store = new RecordingStore({ answers: 'later' });
    const pipeline = sketch({ bad: { does: failing } }, { context: { x: [1], z: [2] } });
    const { handle } = await execute(pipeline, { store });
    const [x] = (await store.findRun(handle.id))?.context ?? [];
    store.damage(x?.hash ?? '', undefined);
    const request = { runId: handle.id, pipeline, stage: 'bad' };
    const { head } = await makeCapsule(store, request);
    expect(head.inputs).toEqual([{ name: 'x', kind: 'left-out', why: 'damaged' }]);
    expect(head.notes).toEqual(['left out, since the store cannot give it: "x"']);
  });

  it('notes that the params changed after the attempt failed', async () => {
    const store = new MemoryStore();
    const at = (size: number) =>
      sketch({ bad: { with: { size }, does: failing } }, { context: { x: 1 } });
    const { handle } = await execute(at(1), { store });
    const request = { runId: handle.id, stage: 'bad' };
    expect((await makeCapsule(store, { ...request, pipeline: at(1) })).head.notes).toEqual([]);
    expect((await makeCapsule(store, { ...request, pipeline: at(2) })).head.notes).toEqual([
      'params of the stage changed after the attempt; the capsule has what is there by now',
    ]);
  });
});

describe('a secret', () => {
  const SECRET = 'hunter2hunter2';
  const { text: redact, holdsSecret } = createTextRedactor([SECRET]);

  it('gets into no part of a capsule, and what was left out for it is named', async () => {
    const pipeline = sketch(
      {
        bad: {
          does: keyed(['x', 'clean'], [], ({ x }) => {
            throw new Error(`refused ${x.token}`);
          }),
        },
      },
      { context: { x: { token: SECRET }, clean: 1 } },
    );
    const capsule = await capsuleOf(pipeline, { stage: 'bad', redact, holdsSecret });
    expect(textOf(capsule)).not.toContain(SECRET);
    expect(capsule.head.failure?.message).toContain('[secret]');
    expect(capsule.head.inputs).toMatchObject([
      { name: 'x', kind: 'left-out', why: 'secret' },
      { name: 'clean', kind: 'value' },
    ]);
    expect(capsule.head.notes).toEqual(['left out, since it holds a secret: "x"']);
    await expect(replayCapsule(capsule, classOf(pipeline, 'bad'))).rejects.toMatchObject({
      code: 'CAPSULE_INPUT_MISSING',
      help: 'give it with --input x=VALUE',
    });
    const given = { inputs: { x: { token: SECRET } }, redact };
    expect(await replayCapsule(capsule, classOf(pipeline, 'bad'), given)).toMatchObject({
      verdict: 'same-failure',
    });
  });

  it('in a name that the capsule must have refuses it', async () => {
    const pipeline = sketch({ bad: { does: failing } }, { context: { x: 1, [SECRET]: 1 } });
    await expect(capsuleOf(pipeline, { stage: 'bad', redact, holdsSecret })).rejects.toMatchObject({
      code: 'SECRET_IN_VALUE',
    });
  });

  it('in what a replay writes fails it, as it does in a run', async () => {
    const pipeline = sketch({ tell: () => ({ out: SECRET }) });
    const capsule = await capsuleOf(pipeline, { stage: 'tell', redact, holdsSecret });
    const replay = await replayCapsule(capsule, classOf(pipeline, 'tell'), { holdsSecret });
    expect(replay).toMatchObject({ verdict: 'broke', failure: { reason: 'secret-value' } });
  });
});
