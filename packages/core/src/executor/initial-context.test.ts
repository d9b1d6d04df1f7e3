import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import { begin, execute, sketch } from './testing-local/run-pipeline.ts';

describe('the initial context', () => {
  it('is that of the definition with what the caller gives on top', async () => {
    const pipeline = sketch(
      { a: ({ inputs }) => ({ seen: inputs }) },
      { context: { x: 1, y: [2] }, inputs: ['z'] },
    );
    const { result } = await execute(pipeline, { context: { y: [3], z: 4 } });
    expect(result.context.get('seen')).toEqual({ x: 1, y: [3], z: 4 });
  });

  it('that lacks what the pipeline asks for stops the start, and nothing is recorded', async () => {
    const store = new MemoryStore();
    const pipeline = sketch({ a: () => ({}) }, { inputs: ['z', 'toString'] });
    await expect(begin(pipeline, { store, context: { x: 1 } })).rejects.toMatchObject({
      code: 'CONTEXT_MISSING',
      details: { missing: ['z', 'toString'] },
    });
    expect(store.listRuns({})).toEqual([]);
  });

  it('that cannot be stored stops the start with the path', async () => {
    const store = new MemoryStore();
    await expect(
      begin(sketch({ a: () => ({}) }), { store, context: { x: { f: () => 1 } } }),
    ).rejects.toMatchObject({
      code: 'VALUE_UNSTORABLE',
      message: expect.stringContaining('x.f is a function'),
    });
    expect(store.listRuns({})).toEqual([]);
  });

  it('of a resumed run is that of its start', async () => {
    const store = new MemoryStore();
    let isBroken = true;
    const pipeline = sketch(
      {
        a: ({ inputs }) => {
          if (isBroken) throw new RangeError('no');
          return { seen: inputs };
        },
      },
      { inputs: ['when'] },
    );
    const { handle } = await execute(pipeline, { store, context: { when: new Date(5) } });
    isBroken = false;
    const { result } = await execute(pipeline, { store, resume: handle.id });
    expect(result.context.get('seen')).toEqual({ when: new Date(5) });
  });
});
