import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VirtualClock } from '../base/virtual-clock.ts';
import type { LimitUse } from '../definition/limit-definition.ts';
import { limit, poolsOf, SceneLane } from './testing-local/limit-scene.ts';

const SLOTS = { disk: 2, vendor: 3, seats: 1 };

const useArbitrary = fc.record({
  name: fc.constantFrom('disk', 'vendor', 'seats'),
  cost: fc.integer({ min: 1, max: 3 }),
});

const userArbitrary = fc.record({
  uses: fc.uniqueArray(useArbitrary, { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
  lane: fc.nat(2),
  lastsMs: fc.nat(30),
  comesAfterMs: fc.nat(10),
  result: fc.constantFrom('worked', 'failed', 'other'),
});

interface User {
  readonly uses: readonly LimitUse[];
  readonly lane: number;
  readonly lastsMs: number;
  readonly comesAfterMs: number;
  readonly result: 'worked' | 'failed' | 'other';
}

/** Lets all of them come and go, and tells who began when. */
async function playOut(users: readonly User[]): Promise<readonly string[]> {
  const clock = new VirtualClock();
  const pools = poolsOf(
    clock,
    limit('disk', { concurrency: SLOTS.disk }),
    limit('vendor', {
      concurrency: SLOTS.vendor,
      breaker: { failures: 2, resetMs: 40, onOpen: 'wait' },
    }),
    limit('seats', { concurrency: SLOTS.seats, rate: { calls: 3, perMs: 50 } }),
  );
  const taken = { disk: 0, vendor: 0, seats: 0 };
  const log: string[] = [];
  const count = (name: string, sign: 1 | -1): void => {
    for (const use of users[Number(name)]?.uses ?? []) {
      const pool = use.name as keyof typeof taken;
      taken[pool] += sign * Math.min(use.cost, SLOTS[pool]);
      expect(taken[pool]).toBeLessThanOrEqual(SLOTS[pool]);
    }
  };
  const lanes = [0, 1, 2].map((each) => {
    const lane: SceneLane = new SceneLane(pools, (name) => {
      log.push(`${name} at ${clock.monotonic()}`);
      count(name, 1);
      const { lastsMs = 0, result = 'worked' } = users[Number(name)] ?? {};
      clock.setTimer(lastsMs, () => {
        count(name, -1);
        lane.end(name, result);
      });
    });
    // Now and then a lane cannot use its turns, as a run whose slots are taken.
    const toggle = (): void => {
      lane.isBusy = !lane.isBusy && clock.monotonic() < 500;
      lane.takeTurns();
      if (clock.monotonic() < 500) clock.setTimer(7 + each, toggle);
    };
    clock.setTimer(5, toggle);
    return lane;
  });
  let atMs = 0;
  for (const [name, { uses, lane, comesAfterMs }] of users.entries()) {
    atMs += comesAfterMs;
    clock.setTimer(atMs, () => lanes[lane]?.ask(`${name}`, ...uses));
  }
  while (clock.fireNext());
  return log;
}

describe('limits', () => {
  it('serve everybody in the end, never give more than there is, and do the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(userArbitrary, { maxLength: 40 }), async (users) => {
        const log = await playOut(users);
        expect(log).toHaveLength(users.length);
        expect(await playOut(users)).toEqual(log);
      }),
      { numRuns: 150 },
    );
  });
});
