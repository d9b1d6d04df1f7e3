import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../base/clock.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import { type GeneratedNode, generateLayered, generateTwoSpeed } from '../graph/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { begin, sketch, told } from './testing-local/run-pipeline.ts';

const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.setTimer(ms, resolve));

interface Watch {
  running: number;
  most: number;
}

/** Each node takes its time on the clock. */
function timed(
  nodes: readonly GeneratedNode[],
  clock: Clock,
  watch: Watch = { running: 0, most: 0 },
): ModelPipeline {
  const stages = nodes.map(({ id, needs, durationMs }) => {
    const does = async (): Promise<void> => {
      watch.most = Math.max(watch.most, ++watch.running);
      await sleep(clock, durationMs);
      watch.running--;
    };
    return [id, { needs: [...needs], does }] as const;
  });
  return sketch(Object.fromEntries(stages));
}

async function makespan(nodes: readonly GeneratedNode[], concurrency: number): Promise<number> {
  const clock = new VirtualClock();
  const { handle } = await begin(timed(nodes, clock), { clock, concurrency });
  const total = nodes.reduce((sum, { durationMs }) => sum + durationMs, 0);
  await clock.advance(total);
  return (await handle.result).durationMs;
}

/** What a runner needs that starts a level only when the one before has ended, with a slot for each stage. */
function levelByLevel(nodes: readonly GeneratedNode[]): number {
  const levels = new Map<string, number>();
  const slowest: number[] = [];
  for (const { id, needs, durationMs } of nodes) {
    const level = Math.max(-1, ...needs.map((need) => levels.get(need) ?? 0)) + 1;
    levels.set(id, level);
    slowest[level] = Math.max(slowest[level] ?? 0, durationMs);
  }
  return slowest.reduce((sum, ms) => sum + ms, 0);
}

/** No schedule is shorter: the longest path, and the work shared out over all slots. */
function lowerBound(nodes: readonly GeneratedNode[], concurrency: number): number {
  const ends = new Map<string, number>();
  let work = 0;
  for (const { id, needs, durationMs } of nodes) {
    ends.set(id, Math.max(0, ...needs.map((need) => ends.get(need) ?? 0)) + durationMs);
    work += durationMs;
  }
  return Math.max(...ends.values(), work / concurrency);
}

describe('the schedule', () => {
  it('is the shortest one on a graph of two speeds, about half of that of a level-by-level runner', async () => {
    const nodes = generateTwoSpeed(8, { slowMs: 10_000, quickMs: 10 });
    const took = await makespan(nodes, 8);
    expect(took).toBe(10_010);
    expect(took).toBe(lowerBound(nodes, 8));
    expect(levelByLevel(nodes)).toBe(20_000);
    expect(levelByLevel(nodes) / took).toBeGreaterThan(1.99);
  });

  it('leaves no slot empty while a stage is ready: Graham holds on random layers', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const nodes = generateLayered({ layers: 5, width: 6, seed });
      const took = await makespan(nodes, 3);
      // Any list schedule on m slots is within 2 - 1/m of the best one.
      expect(took).toBeLessThanOrEqual(lowerBound(nodes, 3) * (2 - 1 / 3));
    }
  });

  it('never runs more stages at once than there are slots, and uses all of them', async () => {
    for (const concurrency of [1, 2, 5]) {
      const clock = new VirtualClock();
      const watch = { running: 0, most: 0 };
      const nodes = generateLayered({ layers: 4, width: 10, seed: 3 });
      const { handle } = await begin(timed(nodes, clock, watch), { clock, concurrency });
      await clock.advance(1_000_000);
      expect((await handle.result).status).toBe('succeeded');
      expect(watch.most).toBe(concurrency);
    }
  });

  it('starts a stage the moment its last dependency ended, not when a level ended', async () => {
    const clock = new VirtualClock();
    const { handle, events } = await begin(
      timed(
        [
          { id: 'slow', needs: [], durationMs: 1000 },
          { id: 'quick', needs: [], durationMs: 10 },
          { id: 'after', needs: ['quick'], durationMs: 10 },
        ],
        clock,
      ),
      { clock },
    );
    await clock.advance(2000);
    await handle.result;
    const started = events.find((e) => e.type === 'stage.started' && e.stage === 'after');
    expect(started?.at).toBe((events[0]?.at ?? 0) + 10);
  });

  it('starts the longest remaining path first', async () => {
    const clock = new VirtualClock();
    const { handle, events } = await begin(
      timed(
        [
          { id: 'lone', needs: [], durationMs: 1 },
          { id: 'head', needs: [], durationMs: 1 },
          { id: 'tail', needs: ['head'], durationMs: 1 },
        ],
        clock,
      ),
      { clock, concurrency: 1 },
    );
    await clock.advance(100);
    await handle.result;
    expect(told(events, 'stage.started')).toEqual([
      'stage.started head',
      'stage.started lone',
      'stage.started tail',
    ]);
  });

  it('weighs paths by the durations of the newest run that ended well', async () => {
    const clock = new VirtualClock();
    const store = new MemoryStore();
    const pipeline = timed(
      [
        { id: 'short', needs: [], durationMs: 1 },
        { id: 'shorter', needs: ['short'], durationMs: 1 },
        { id: 'long', needs: [], durationMs: 500 },
      ],
      clock,
    );
    const orders: string[][] = [];
    for (let run = 0; run < 2; run++) {
      const { handle, events } = await begin(pipeline, { clock, store, concurrency: 1 });
      await clock.advance(1000);
      await handle.result;
      orders.push(told(events, 'stage.started').map((text) => text.slice('stage.started '.length)));
    }
    expect(orders).toEqual([
      ['short', 'shorter', 'long'],
      ['long', 'short', 'shorter'],
    ]);
  });

  it('settles ties by declaration, or as it is told to', async () => {
    const pipeline = sketch({ a: () => ({}), b: () => ({}), c: () => ({}) });
    const orderOf = async (tieBreak?: Int32Array): Promise<string[]> => {
      const given = tieBreak === undefined ? {} : { tieBreak };
      const { handle, events } = await begin(pipeline, { concurrency: 1, ...given });
      await handle.result;
      return told(events, 'stage.started');
    };
    expect(await orderOf()).toEqual(['stage.started a', 'stage.started b', 'stage.started c']);
    expect(await orderOf(Int32Array.of(2, 0, 1))).toEqual([
      'stage.started b',
      'stage.started c',
      'stage.started a',
    ]);
  });

  it('refuses a concurrency that lets nothing run', async () => {
    for (const concurrency of [0, -1, Number.NaN]) {
      await expect(begin(sketch({ a: () => ({}) }), { concurrency })).rejects.toMatchObject({
        code: 'DEFINITION_INVALID',
      });
    }
  });
});
