import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import { limit, poolsOf, SceneLane } from './testing-local/limit-scene.ts';

const BREAKER = { failures: 2, resetMs: 1000, onOpen: 'wait' } as const;

describe('a limit', () => {
  it('has no more users than slots, and serves them in the order of coming', () => {
    const lane = new SceneLane(poolsOf(new VirtualClock(), limit('vendor', { concurrency: 2 })));
    for (const name of ['a', 'b', 'c', 'd']) lane.ask(name, 'vendor');
    expect(lane.began).toEqual(['a', 'b']);
    lane.end('b');
    expect(lane.running).toEqual(['a', 'c']);
    lane.end('a');
    lane.end('c');
    expect(lane.began).toEqual(['a', 'b', 'c', 'd']);
    expect(lane.holds.map(([name, { kind }]) => [name, kind])).toEqual([
      ['c', 'busy'],
      ['d', 'busy'],
    ]);
  });

  it('lets nobody pass one that takes several slots at once', () => {
    const lane = new SceneLane(poolsOf(new VirtualClock(), limit('vendor', { concurrency: 3 })));
    lane.ask('a', { name: 'vendor', cost: 2 });
    lane.ask('large', { name: 'vendor', cost: 3 });
    lane.ask('small', 'vendor');
    expect(lane.began).toEqual(['a']);
    lane.end('a');
    expect(lane.began).toEqual(['a', 'large']);
    lane.end('large');
    expect(lane.began).toEqual(['a', 'large', 'small']);
  });

  it('lets so many start within a stretch of time', async () => {
    const clock = new VirtualClock();
    const rate = { calls: 2, perMs: 1000 };
    const lane = new SceneLane(poolsOf(clock, limit('vendor', { rate })), (name) => lane.end(name));
    for (const name of ['a', 'b', 'c', 'd', 'e']) lane.ask(name, 'vendor');
    expect(lane.began).toEqual(['a', 'b']);
    await clock.advance(999);
    expect(lane.began).toEqual(['a', 'b']);
    await clock.advance(1);
    expect(lane.began).toEqual(['a', 'b', 'c', 'd']);
    await clock.advance(1000);
    expect(lane.began).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is taken together with others, all of them or none', () => {
    const pools = poolsOf(
      new VirtualClock(),
      limit('disk', { concurrency: 1 }),
      limit('vendor', { concurrency: 1 }),
    );
    const lane = new SceneLane(pools);
    lane.ask('a', 'vendor');
    lane.ask('both', 'disk', 'vendor');
    lane.ask('c', 'disk');
    // The one that waits for the vendor holds no disk.
    expect(lane.began).toEqual(['a', 'c']);
    lane.end('a');
    expect(lane.began).toEqual(['a', 'c']);
    lane.end('c');
    expect(lane.began).toEqual(['a', 'c', 'both']);
  });

  it('is had in the end by one that needs two limits which are never free at the same time by themselves', () => {
    const pools = poolsOf(
      new VirtualClock(),
      limit('disk', { concurrency: 1 }),
      limit('vendor', { concurrency: 1 }),
    );
    const lane = new SceneLane(pools);
    lane.ask('disk 0', 'disk');
    lane.ask('vendor 0', 'vendor');
    lane.ask('both', 'disk', 'vendor');
    for (let turn = 1; turn <= 20 && !lane.began.includes('both'); turn++) {
      for (const name of ['disk', 'vendor']) {
        lane.ask(`${name} ${turn}`, name);
        lane.end(`${name} ${turn - 1}`);
      }
    }
    expect(lane.began).toContain('both');
  });

  it('goes on with the next when one that waits gives up, or its whole lane', () => {
    const pools = poolsOf(new VirtualClock(), limit('vendor', { concurrency: 2 }));
    const [lane, other] = [new SceneLane(pools), new SceneLane(pools)];
    lane.ask('a', 'vendor');
    lane.ask('large', { name: 'vendor', cost: 2 });
    lane.ask('b', { name: 'vendor', cost: 2 });
    other.ask('c', 'vendor');
    lane.withdraw('large');
    expect(other.began).toEqual([]);
    lane.close();
    expect(other.began).toEqual(['c']);
    lane.end('a');
    expect(lane.began).toEqual(['a']);
  });

  it('gives to another lane what the first one cannot use now, and comes back to it', () => {
    const pools = poolsOf(new VirtualClock(), limit('vendor', { concurrency: 1 }));
    const [busy, other] = [new SceneLane(pools), new SceneLane(pools)];
    busy.ask('a', 'vendor');
    busy.ask('b', 'vendor');
    other.ask('c', 'vendor');
    busy.isBusy = true;
    busy.end('a');
    expect(other.began).toEqual(['c']);
    busy.isBusy = false;
    busy.takeTurns();
    expect(busy.began).toEqual(['a']);
    other.end('c');
    expect(busy.began).toEqual(['a', 'b']);
  });

  it('holds as it was defined last, for those too who wait', () => {
    const pools = poolsOf(new VirtualClock(), limit('vendor', { concurrency: 1 }));
    const lane = new SceneLane(pools);
    for (const name of ['a', 'b', 'c']) lane.ask(name, 'vendor');
    pools.define([limit('vendor', { concurrency: 2 })]);
    expect(lane.began).toEqual(['a', 'b']);
    lane.ask('large', { name: 'vendor', cost: 2 });
    pools.define([limit('vendor', { concurrency: 1 })]);
    for (const name of ['a', 'b', 'c']) lane.end(name);
    expect(lane.began).toEqual(['a', 'b', 'c', 'large']);
  });

  it('that nobody defined limits nothing', () => {
    const lane = new SceneLane(poolsOf(new VirtualClock()));
    lane.ask('a', 'vendor');
    expect(lane.began).toEqual(['a']);
  });
});

describe('a limit with a breaker', () => {
  it('has those wait who come while it is open, tries with one of them, and goes on', async () => {
    const clock = new VirtualClock();
    const lane = new SceneLane(poolsOf(clock, limit('vendor', { breaker: BREAKER })));
    lane.ask('a', 'vendor');
    lane.ask('b', 'vendor');
    lane.end('a', 'failed');
    lane.end('b', 'failed');
    for (const name of ['c', 'd', 'e']) lane.ask(name, 'vendor');
    await clock.advance(999);
    expect(lane.running).toEqual([]);
    await clock.advance(1);
    expect(lane.running).toEqual(['c']);
    lane.end('c', 'failed');
    await clock.advance(1000);
    expect(lane.running).toEqual(['d']);
    lane.end('d');
    expect(lane.running).toEqual(['e']);
    expect(lane.holds).toContainEqual(['c', { kind: 'circuit', limit: 'vendor', forMs: 1000 }]);
  });

  it('tells those who wait already that it opened', () => {
    const pools = poolsOf(
      new VirtualClock(),
      limit('vendor', { concurrency: 1, breaker: BREAKER }),
    );
    const lane = new SceneLane(pools);
    for (const name of ['a', 'b', 'c']) lane.ask(name, 'vendor');
    lane.end('a', 'failed');
    lane.end('b', 'failed');
    expect(lane.running).toEqual([]);
    expect(lane.holds.at(-1)).toEqual(['c', { kind: 'circuit', limit: 'vendor', forMs: 1000 }]);
  });

  it('sends everybody away while it is open, when it is told so', async () => {
    const clock = new VirtualClock();
    const breaker = { ...BREAKER, onOpen: 'fail' } as const;
    const lane = new SceneLane(poolsOf(clock, limit('vendor', { concurrency: 2, breaker })));
    for (const name of ['a', 'b', 'c', 'd']) lane.ask(name, 'vendor');
    lane.end('a', 'failed');
    lane.end('b', 'failed');
    expect(lane.refused).toEqual(['d']);
    lane.ask('e', 'vendor');
    expect(lane.refused).toEqual(['d', 'e']);
    // What had begun goes on.
    expect(lane.running).toEqual(['c']);
    await clock.advance(1000);
    lane.ask('f', 'vendor');
    expect(lane.running).toEqual(['c', 'f']);
  });

  it('keeps no timer once nobody waits', () => {
    const clock = new VirtualClock();
    const lane = new SceneLane(poolsOf(clock, limit('vendor', { breaker: BREAKER })));
    for (const name of ['a', 'b']) lane.ask(name, 'vendor');
    for (const name of ['a', 'b']) lane.end(name, 'failed');
    lane.ask('c', 'vendor');
    expect(clock.pendingTimers).toBe(1);
    lane.withdraw('c');
    expect(clock.pendingTimers).toBe(0);
  });
});
