import { describe, expect, it } from '@jest/globals';
import { asRunId } from '../base/ids.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import { breakableScene } from './testing-local/breakable-scene.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { begin, execute, sketch } from './testing-local/run-pipeline.ts';

describe('a resume is refused', () => {
  it('for a run that the store does not have', async () => {
    const store = new MemoryStore();
    await expect(
      execute(breakableScene().pipeline(), { store, resume: asRunId('20260101-000000-nowhere0') }),
    ).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  it('for a run that has succeeded', async () => {
    const { pipeline } = breakableScene();
    const store = new MemoryStore();
    const { handle } = await execute(pipeline(), { store });
    await expect(execute(pipeline(), { store, resume: handle.id })).rejects.toMatchObject({
      code: 'RUN_ALREADY_SUCCEEDED',
    });
  });

  it('with a pipeline of another name', async () => {
    const { pipeline, broken } = breakableScene();
    const store = new MemoryStore();
    broken.add('a');
    const { handle } = await execute(pipeline(), { store });
    await expect(
      execute(sketch({ a: () => ({}) }, { name: 'other' }), { store, resume: handle.id }),
    ).rejects.toMatchObject({ code: 'RUN_OTHER_PIPELINE' });
    expect(store.findRun(handle.id)).toMatchObject({ status: 'failed', fence: 1 });
  });

  it('while the run is being executed, here or on another machine', async () => {
    const hold = Promise.withResolvers<object>();
    const pipeline = sketch({ a: () => hold.promise });
    const store = new MemoryStore();
    const { handle } = await begin(pipeline, { store });
    await expect(execute(pipeline, { store, resume: handle.id })).rejects.toMatchObject({
      code: 'RUN_HELD',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await expect(
      new PipelineExecutor({ store }).planResume(handle.id, pipeline),
    ).rejects.toMatchObject({ code: 'RUN_HELD' });
    hold.resolve({});
    await handle.result;
    const far = new RecordingStore({ owner: { host: 'far-away', pid: 1, processStart: '' } });
    const there = new PipelineExecutor({ store: far });
    const held = await there.start(sketch({ a: () => new Promise(() => undefined) }));
    await expect(execute(pipeline, { store: far.inner, resume: held.id })).rejects.toMatchObject({
      code: 'RUN_HELD',
      message: expect.stringContaining('far-away'),
    });
  });
});
