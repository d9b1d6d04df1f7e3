import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import { definePipeline, type ModelPipeline } from '../pipeline/index.ts';
import { turns } from './testing-local/gate.ts';
import { type MappedScene, mappedScene, tickers } from './testing-local/mapped-scene.ts';
import { begin, execute, stageIn } from './testing-local/run-pipeline.ts';

type Limits = NonNullable<Parameters<typeof definePipeline>[0]['limits']>;

/** The pipeline of the scene, whose items take part in the limit `vendor`. */
function limited(
  scene: MappedScene,
  symbols: readonly string[],
  vendor: Limits[string],
  options: Parameters<MappedScene['pipeline']>[1] = {},
): ModelPipeline {
  const { stages } = scene.pipeline(tickers(...symbols));
  const stage = stages[0]?.blueprint.stageClass;
  return definePipeline({
    name: 'scan',
    context: { tickers: tickers(...symbols) },
    limits: { vendor },
    stages: [{ id: 'score', stage, limits: ['vendor'], ...options }],
  });
}

const map = { concurrency: 10 };

describe('items of a stage with a limit', () => {
  it('take a slot each, and their stage takes none', async () => {
    let active = 0;
    let most = 0;
    const scene = mappedScene(async ({ price }) => {
      most = Math.max(most, ++active);
      await turns(2);
      active--;
      return price;
    });
    const pipeline = limited(scene, [...'abcdefgh'], { concurrency: 2 }, { map });
    const { result, events } = await execute(pipeline);
    expect(result.context.get('scores')).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most).toBe(2);
    expect(events.map(({ type }) => type)).not.toContain('stage.queued');
  });

  it('take it for each try, and tell that they wait for the circuit', async () => {
    const clock = new VirtualClock();
    const scene = mappedScene(({ price }) => price);
    scene.broken.add('a').add('b');
    const retry = { attempts: 3, delay: '1s', jitter: false };
    const pipeline = limited(
      scene,
      ['a', 'b', 'c', 'd'],
      { concurrency: 1, breaker: { failures: 2, reset: '30s' } },
      { map: { ...map, retry } },
    );
    const { handle, events } = await begin(pipeline, { clock });
    await clock.advance(29_000);
    expect(scene.ran).toEqual(['a', 'b']);
    const told = events.filter(({ type }) => type === 'stage.queued');
    expect(told).toMatchObject([
      { stage: 'score', attempt: 1, limit: 'vendor', because: 'circuit', forMs: 30_000 },
    ]);
    scene.broken.clear();
    await clock.advance(60_000);
    expect((await handle.result).context.get('scores')).toEqual([1, 2, 3, 4]);
    expect(scene.ran).toEqual(['a', 'b', 'c', 'd', 'a', 'b']);
  });

  it('fail while the circuit is open where it is told so, within the budget of the stage', async () => {
    const scene = mappedScene(({ price }) => price);
    scene.broken.add('a');
    const pipeline = limited(
      scene,
      ['a', 'b', 'c'],
      { concurrency: 1, breaker: { failures: 1, reset: '30s', onOpen: 'fail' } },
      { map: { ...map, failureBudget: 3, failures: 'failed' } },
    );
    const { result } = await execute(pipeline);
    expect(result.status).toBe('degraded');
    expect(scene.ran).toEqual(['a']);
    expect(result.context.get('failed')).toMatchObject([
      { key: 'a', reason: 'threw' },
      { key: 'b', reason: 'circuit-open' },
      { key: 'c', reason: 'circuit-open' },
    ]);
  });

  it('that wait when too many failed are not begun, and not waited for', async () => {
    const scene = mappedScene(({ price }) => price);
    scene.broken.add('a');
    const breaker = { failures: 1, reset: '1d' };
    const pipeline = limited(scene, ['a', 'b', 'c'], { concurrency: 1, breaker }, { map });
    const { result } = await execute(pipeline);
    expect(scene.ran).toEqual(['a']);
    expect(stageIn(result, 'score').failure?.message).toBe(
      '1 of 3 items of stage "score" failed, and none may; 2 were not begun any more: item "a" of stage "score" failed: no price of a',
    );
  });

  it('that wait when the deadline passes count as failed', async () => {
    const clock = new VirtualClock();
    const scene = mappedScene(({ price }) => price);
    const pipeline = limited(
      scene,
      ['a', 'b', 'c'],
      { rate: { calls: 1, per: '1m' } },
      { map: { ...map, deadline: '90s', failureBudget: 3, failures: 'failed' } },
    );
    const { handle } = await begin(pipeline, { clock });
    await clock.advance(90_000);
    const { context } = await handle.result;
    expect(context.get('scores')).toEqual([1, 2]);
    expect(context.get('failed')).toMatchObject([{ key: 'c', reason: 'timed-out' }]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('that wait are given up when the run is killed, and the next run finds the limit free', async () => {
    const clock = new VirtualClock();
    const scene = mappedScene(({ price }) => price);
    const pipeline = limited(scene, ['a', 'b'], { rate: { calls: 1, per: '1h' } }, { map });
    const { handle } = await begin(pipeline, { clock });
    await turns();
    handle.cancel('kill');
    await clock.advance(10_000);
    expect((await handle.result).status).toBe('cancelled');
    expect(scene.ran).toEqual(['a']);
    expect(clock.pendingTimers).toBe(0);
  });
});
