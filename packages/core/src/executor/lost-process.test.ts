import { describe, expect, it } from '@jest/globals';
import type { RunId } from '../base/ids.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import { turns } from './testing-local/gate.ts';
import { DEAD_OWNER, RecordingStore } from './testing-local/recording-store.ts';
import {
  begin,
  execute,
  explanations,
  sketch,
  stageIn,
  told,
} from './testing-local/run-pipeline.ts';

describe('a run whose process died', () => {
  /** Starts the run under a dead owner and leaves it where it hangs. */
  async function abandon(pipeline: ModelPipeline): Promise<{
    readonly inner: MemoryStore;
    readonly id: RunId;
    readonly result: Promise<unknown>;
  }> {
    const store = new RecordingStore({ owner: DEAD_OWNER });
    const { handle } = await begin(pipeline, { store });
    await turns();
    return { inner: store.inner, id: handle.id, result: handle.result };
  }

  it('is taken over at once, its lost attempts are recorded, and nothing committed runs again', async () => {
    let hangs = true;
    const ran: string[] = [];
    const pipeline = sketch({
      a: () => {
        ran.push('a');
        return { a: 1 };
      },
      b: {
        needs: ['a'],
        does: () => {
          ran.push('b');
          return hangs ? new Promise<never>(() => undefined) : { b: 2 };
        },
      },
      c: { needs: ['b'], does: () => ({ c: 3 }) },
    });
    const { inner, id } = await abandon(pipeline);
    hangs = false;
    const { result, events } = await execute(pipeline, { store: inner, resume: id });
    expect(ran).toEqual(['a', 'b', 'b']);
    expect(result.context.toObject()).toEqual({ a: 1, b: 2, c: 3 });
    expect(stageIn(result, 'b').attempt).toBe(2);
    expect(inner.loadAttempts(id)).toMatchObject([
      { stage: 'a', attempt: 1, fence: 1, status: 'succeeded' },
      { stage: 'b', attempt: 1, fence: 1, status: 'lost', finishedAt: expect.any(Number) },
      { stage: 'b', attempt: 2, fence: 2, status: 'succeeded' },
      { stage: 'c', attempt: 1, fence: 2, status: 'succeeded' },
    ]);
    expect(told(events, 'run.resumed')).toHaveLength(1);
  });

  it('is planned with the reason that an attempt died with its process', async () => {
    const pipeline = sketch({
      a: () => ({ a: 1 }),
      b: { needs: ['a'], does: () => new Promise<never>(() => undefined) },
      c: { needs: ['b'], does: () => ({ c: 3 }) },
    });
    const { inner, id } = await abandon(pipeline);
    const plan = await new PipelineExecutor({ store: inner }).planResume(id, pipeline);
    expect(plan.decisions).toEqual(['reuse', 'run', 'run']);
    expect(explanations(plan)).toEqual([
      'it succeeded in attempt 1',
      'attempt 1 died with its process',
      'it has not run yet',
    ]);
  });

  it('can no longer be written by the process that was taken for dead', async () => {
    const hold = Promise.withResolvers<object>();
    let isFirst = true;
    const pipeline = sketch({
      a: () => {
        const answer = isFirst ? hold.promise : { a: 'new' };
        isFirst = false;
        return answer;
      },
    });
    const { inner, id, result } = await abandon(pipeline);
    await execute(pipeline, { store: inner, resume: id });
    hold.resolve({ a: 'old' });
    await expect(result).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(inner.loadStages(id)).toMatchObject([{ stage: 'a', fence: 2 }]);
  });

  it('before its first record is run from the start', async () => {
    const store = new RecordingStore({ owner: DEAD_OWNER, answers: 'by-hand' });
    const pipeline = sketch({ a: () => ({ a: 1 }) });
    const { handle } = await begin(pipeline, { store });
    await turns();
    const { result } = await execute(pipeline, { store: store.inner, resume: handle.id });
    expect(result.context.toObject()).toEqual({ a: 1 });
    expect(stageIn(result, 'a')).toMatchObject({ status: 'succeeded', attempt: 1 });
  });

  it('after another process went on with it is resumed from the newest records', async () => {
    let isBroken = true;
    const pipeline = sketch(
      {
        a: () => ({ a: 1 }),
        b: () => {
          if (isBroken) throw new RangeError('no');
          return { b: 1 };
        },
      },
      { failureMode: 'continue' },
    );
    const inner = new MemoryStore();
    const first = await execute(pipeline, { store: inner });
    // A slow process looks at the run, another one resumes it, and only then the slow one claims it.
    const slow = new RecordingStore({ inner });
    const findRun = slow.findRun.bind(slow);
    let looks = 0;
    slow.findRun = async (id) => {
      const found = await findRun(id);
      if (++looks === 1) await execute(pipeline, { store: inner, resume: id });
      return found;
    };
    isBroken = true;
    await execute(pipeline, { store: slow, resume: first.handle.id });
    const seqs = inner.loadEvents(first.handle.id, 0, 100).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, at) => at + 1));
  });
});
