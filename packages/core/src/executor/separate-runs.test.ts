import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import { turns } from './testing-local/gate.ts';
import { begin, execute, sketch, told } from './testing-local/run-pipeline.ts';

const ODD_IDS = [
  'constructor',
  '__proto__',
  'toString',
  'prüfung',
  '数据',
  'two words',
  'a/b.c',
  '0',
];

describe('two runs at once', () => {
  it('of two pipelines with the same ids and keys do not see each other', async () => {
    const store = new MemoryStore();
    const executor = new PipelineExecutor({ store });
    const make = (mark: string): ReturnType<typeof sketch> =>
      sketch(
        {
          a: async () => {
            await turns(2);
            return { x: mark };
          },
          b: { needs: ['a'], does: ({ inputs }) => ({ y: inputs }) },
        },
        { name: mark, context: { of: mark } },
      );
    const handles = await Promise.all(
      ['one', 'two', 'three'].map((mark) => executor.start(make(mark))),
    );
    const results = await Promise.all(handles.map(({ result }) => result));
    expect(new Set(handles.map(({ id }) => id)).size).toBe(3);
    results.forEach(({ context, pipeline }) => {
      expect(context.toObject()).toEqual({
        of: pipeline,
        x: pipeline,
        y: { of: pipeline, x: pipeline },
      });
    });
    for (const { id } of handles) {
      const seqs = store.loadEvents(id, 0, 100).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, at) => at + 1));
    }
  });

  it('of one pipeline share neither state nor fate', async () => {
    let calls = 0;
    const pipeline = sketch({
      a: async () => {
        const call = ++calls;
        await turns(1);
        if (call === 1) throw new RangeError('the first one');
        return { call };
      },
    });
    const runs = await Promise.all([execute(pipeline), execute(pipeline)]);
    expect(runs.map(({ result }) => result.status)).toEqual(['failed', 'succeeded']);
  });

  it('have a concurrency of their own each', async () => {
    const open = Promise.withResolvers<void>();
    const pipeline = sketch({ a: () => open.promise, b: () => open.promise });
    const one = await begin(pipeline, { concurrency: 1 });
    const two = await begin(pipeline, { concurrency: 2 });
    await turns();
    expect(told(one.events, 'stage.started')).toHaveLength(1);
    expect(told(two.events, 'stage.started')).toHaveLength(2);
    open.resolve();
    await Promise.all([one.handle.result, two.handle.result]);
  });
});

describe('stage ids and keys', () => {
  it('that are names of objects or in any script work like others, also over a resume', async () => {
    const broken = { at: ODD_IDS.at(-2) };
    const store = new MemoryStore();
    const stages = ODD_IDS.map((id, at) => {
      const does = (scope: { inputs: unknown }): object => {
        if (broken.at === id) throw new RangeError('no');
        const outputs: Record<string, unknown> = Object.create(null);
        outputs[id] = Object.keys(scope.inputs as object).length;
        return outputs;
      };
      return [id, { needs: ODD_IDS.slice(0, at), does }] as const;
    });
    const pipeline = sketch(Object.fromEntries(stages));
    const first = await execute(pipeline, { store });
    expect(first.result.status).toBe('failed');
    broken.at = undefined;
    const { result, handle } = await execute(pipeline, { store, resume: first.handle.id });
    // An object keeps the id `0` before all others.
    const ids = pipeline.stages.map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set(ODD_IDS));
    expect(result.status).toBe('succeeded');
    expect(result.stages.filter(({ kept }) => kept)).toHaveLength(ODD_IDS.length - 2);
    expect(handle.plan.counts).toEqual({
      run: 2,
      reuse: ODD_IDS.length - 2,
      skip: 0,
      undecided: 0,
    });
    for (const [at, id] of ODD_IDS.entries()) expect(result.context.get(id)).toBe(at);
  });
});
