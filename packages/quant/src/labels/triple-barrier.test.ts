import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Bars } from '../bars/bars.ts';
import { generateBars } from '../bars/generate-bars.ts';
import { type BarrierEvents, selectEvents } from './barrier-events.ts';
import type { BarrierOptions } from './barrier-options.ts';
import { TOUCH } from './barrier-walk.ts';
import { metaLabels } from './meta-label.ts';
import { tripleBarrier } from './triple-barrier.ts';

type Row = readonly [open: number, high: number, low: number, close: number];

/** Entry at 100 in bar 0; targets of 1 %, so that barriers at 2 and 1 are 102 and 99. */
function barsAfterEntry(...rows: readonly Row[]): Bars {
  const all: readonly Row[] = [[100, 100, 100, 100], ...rows];
  const column = (at: 0 | 1 | 2 | 3) => Float64Array.from(all, (row) => row[at]);
  const time = Float64Array.from(all, (_, at) => at);
  const volume = time.map(() => 1);
  return { time, open: column(0), high: column(1), low: column(2), close: column(3), volume };
}

function labelOf(bars: Bars, change: Partial<BarrierOptions> = {}, side = 1) {
  const events: BarrierEvents = {
    index: new Int32Array([0]),
    side: new Int8Array([side]),
    target: new Float64Array([0.01]),
  };
  const options = { takeProfit: 2, stopLoss: 1, horizon: 3, ...change };
  const { end, touch, outcome, unresolved } = tripleBarrier(bars, events, options);
  return unresolved > 0 ? 'unresolved' : { end: end[0], touch: touch[0], outcome: outcome[0] };
}

const near = (value: number) => expect.closeTo(value, 12);
const quiet: Row = [100, 100.5, 99.5, 100];

test('by closes, a barrier must be passed, and the exit is at the close', () => {
  // 102 is exactly +2 targets in decimals, though not in doubles: 101.9 and 102.1 stand on either side.
  const bars = barsAfterEntry([100, 103, 98, 101.9], [102, 102, 98, 102.1], quiet);
  expect(labelOf(bars, { mode: 'close' })).toEqual({
    end: 2,
    touch: TOUCH.takeProfit,
    outcome: near(0.021),
  });
});

test('by closes, a close on the barrier does not touch it', () => {
  // Binary fractions, so that 1.5 / 1 - 1 is the barrier itself.
  const bars = barsAfterEntry([150, 150, 150, 150], [150, 150, 150, 150], [150, 150, 150, 150]);
  const events = {
    index: new Int32Array([0]),
    side: new Int8Array([1]),
    target: new Float64Array([0.5]),
  };
  const options = { takeProfit: 1, stopLoss: 1, horizon: 3 } as const;
  expect(tripleBarrier(bars, events, { ...options, mode: 'close' }).touch[0]).toBe(TOUCH.vertical);
  expect(tripleBarrier(bars, events, options).touch[0]).toBe(TOUCH.takeProfit);
});

test('in whole bars, reaching a barrier exits at its price', () => {
  const profit = barsAfterEntry(quiet, [100, 103, 99.5, 100], quiet);
  expect(labelOf(profit)).toEqual({ end: 2, touch: TOUCH.takeProfit, outcome: near(0.02) });
  const loss = barsAfterEntry([100, 101, 98, 101], quiet, quiet);
  expect(labelOf(loss)).toEqual({ end: 1, touch: TOUCH.stopLoss, outcome: near(-0.01) });
});

test('an open beyond a barrier exits at the open', () => {
  expect(labelOf(barsAfterEntry([97, 103, 96, 102], quiet, quiet))).toEqual({
    end: 1,
    touch: TOUCH.stopLoss,
    outcome: near(-0.03),
  });
  expect(labelOf(barsAfterEntry([104, 105, 98, 102], quiet, quiet))).toEqual({
    end: 1,
    touch: TOUCH.takeProfit,
    outcome: near(0.04),
  });
});

test('a bar that reaches both barriers is the stop', () => {
  expect(labelOf(barsAfterEntry([100, 103, 98, 102], quiet, quiet))).toMatchObject({
    touch: TOUCH.stopLoss,
  });
});

test('the vertical barrier is the close of the horizon, that bar included', () => {
  const last: Row = [100, 101, 99.5, 100.7];
  expect(labelOf(barsAfterEntry(quiet, quiet, last))).toEqual({
    end: 3,
    touch: TOUCH.vertical,
    outcome: near(0.007),
  });
  const touchedThen = barsAfterEntry(quiet, quiet, [100, 102.5, 99.5, 100]);
  expect(labelOf(touchedThen)).toMatchObject({ end: 3, touch: TOUCH.takeProfit });
});

test('without a full horizon an untouched event is unresolved, a touched one is not', () => {
  expect(labelOf(barsAfterEntry(quiet, quiet))).toBe('unresolved');
  expect(labelOf(barsAfterEntry(quiet, [100, 103, 100, 102]))).toMatchObject({ end: 2 });
});

test('a short makes money when the price falls, with the barriers mirrored', () => {
  const falls = barsAfterEntry([100, 100.5, 97, 98], quiet, quiet);
  expect(labelOf(falls, {}, -1)).toEqual({ end: 1, touch: TOUCH.takeProfit, outcome: near(0.02) });
  const rises = barsAfterEntry([100, 101.5, 99, 101], quiet, quiet);
  expect(labelOf(rises, {}, -1)).toEqual({ end: 1, touch: TOUCH.stopLoss, outcome: near(-0.01) });
});

test('the entry bar never touches', () => {
  const bars = barsAfterEntry(quiet, quiet, quiet);
  bars.high[0] = 200;
  bars.low[0] = 1;
  expect(labelOf(bars)).toMatchObject({ touch: TOUCH.vertical });
});

test('a barrier of 0 targets is none', () => {
  const bars = barsAfterEntry([100, 150, 50, 100], quiet, quiet);
  expect(labelOf(bars, { takeProfit: 0, stopLoss: 0 })).toMatchObject({ touch: TOUCH.vertical });
});

test('a trailing stop that a bar raised applies from the next bar on', () => {
  // Best return 1.5 % in bar 1 moves the stop from -1 % to +.5 %; bar 1 itself fell to 100 and stayed.
  const bars = barsAfterEntry([100, 101.5, 100, 101], [101, 101, 100.2, 100.4], quiet);
  expect(labelOf(bars, { trailing: true })).toEqual({
    end: 2,
    touch: TOUCH.stopLoss,
    outcome: near(0.005),
  });
});

test('events need a side and a known target above the minimum', () => {
  const sides = [1, -2, 0, Number.NaN, 1, 1];
  const targets = new Float64Array([0.01, 0.02, 0.01, 0.01, Number.NaN, 0.005]);
  const { events, withoutSide, withoutTarget } = selectEvents(sides, targets, 0.005);
  expect([...events.index]).toEqual([0, 1]);
  expect([...events.side]).toEqual([1, -1]);
  expect({ withoutSide, withoutTarget }).toEqual({ withoutSide: 2, withoutTarget: 2 });
});

/** The definition as one reads it, in prices, for one event. */
function naive(bars: Bars, start: number, side: number, target: number, options: BarrierOptions) {
  const { takeProfit, stopLoss, horizon, mode, trailing } = options;
  const entry = bars.close[start] as number;
  const gain = (price: number) => side * (price / entry - 1);
  let stop = stopLoss > 0 ? -stopLoss * target : Number.NEGATIVE_INFINITY;
  const profit = takeProfit > 0 ? takeProfit * target : Number.POSITIVE_INFINITY;
  for (let at = start + 1; at <= start + horizon; at++) {
    if (at >= bars.close.length) return undefined;
    const price = (column: Float64Array) => gain(column[at] as number);
    const opened = price(bars.open);
    const closed = price(bars.close);
    const extremes = [price(bars.high), price(bars.low)];
    if (mode === 'close') {
      if (closed > profit || closed < stop) return { at, outcome: closed };
    } else {
      if (opened >= profit || opened <= stop) return { at, outcome: opened };
      if (Math.min(...extremes) <= stop) return { at, outcome: stop };
      if (Math.max(...extremes) >= profit) return { at, outcome: profit };
    }
    const best = mode === 'close' ? closed : Math.max(...extremes);
    if (trailing) stop = Math.max(stop, best - stopLoss * target);
    if (at === start + horizon) return { at, outcome: closed };
  }
  return undefined;
}

test('the labels are those of a naive loop, for any barriers', () => {
  fc.assert(
    fc.property(
      fc.record({
        mode: fc.constantFrom('close' as const, 'ohlc' as const),
        takeProfit: fc.constantFrom(0, 0.5, 1, 2),
        stopLoss: fc.constantFrom(0.5, 1, 2),
        horizon: fc.integer({ min: 1, max: 12 }),
        trailing: fc.boolean(),
      }),
      fc.integer({ min: 1, max: 1e6 }),
      (options, seed) => {
        const bars = generateBars({ count: 60, seed });
        const sides = bars.close.map((_, at) => (at % 3) - 1);
        const { events } = selectEvents(
          sides,
          bars.close.map(() => 0.001),
        );
        const labels = tripleBarrier(bars, events, options);
        const expected = Array.from(events.index, (start, at) =>
          naive(bars, start, events.side[at] as number, 0.001, options),
        ).filter((end) => end !== undefined);
        expect([...labels.end]).toEqual(expected.map(({ at }) => at));
        expect([...labels.outcome]).toEqual(expected.map(({ outcome }) => outcome));
        expect(labels.unresolved).toBe(events.index.length - expected.length);
      },
    ),
    { numRuns: 200, seed: 5 },
  );
});

test('a million labels take less than a second of a processor', () => {
  const bars = generateBars({ count: 100_010, seed: 2 });
  // Ten of them at each bar, since making a million bars takes longer than labelling them.
  const index = Int32Array.from({ length: 1_000_000 }, (_, at) => Math.floor(at / 10));
  const events: BarrierEvents = {
    index,
    side: new Int8Array(index.length).fill(1),
    target: new Float64Array(index.length).fill(0.002),
  };
  const before = process.cpuUsage();
  const labels = tripleBarrier(bars, events, { takeProfit: 2, stopLoss: 1, horizon: 10 });
  const { user, system } = process.cpuUsage(before);
  expect(labels.end).toHaveLength(1_000_000);
  expect((user + system) / 1e6).toBeLessThan(1);
});

test('neither side of a random walk makes money more often than the other', () => {
  const bars = generateBars({ count: 60_000, seed: 7 });
  const index = Int32Array.from({ length: 5_900 }, (_, at) => at * 10);
  const target = new Float64Array(index.length).fill(0.002);
  const [long, short] = ([1, -1] as const).map((sign) => {
    const events = { index, side: new Int8Array(index.length).fill(sign), target };
    const options = { takeProfit: 1, stopLoss: 1, horizon: 20 };
    const gains = metaLabels(tripleBarrier(bars, events, options));
    return gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  });
  expect(Math.abs((long ?? 0) - (short ?? 0))).toBeLessThan(0.02);
});
