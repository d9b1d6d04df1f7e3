import { expect, test } from '@jest/globals';
import { ADX, ATR, BollingerBands, OBV, RSI, SMA, WEMA } from 'technicalindicators';
import type { Bars } from '../bars/bars.ts';
import { generateBars } from '../bars/generate-bars.ts';
import { averageTrueRange, trueRange } from './average-true-range.ts';
import { bollingerBands } from './bollinger-bands.ts';
import { directionalMovement } from './directional-movement.ts';
import { efficiencyRatio } from './efficiency-ratio.ts';
import { macd } from './macd.ts';
import { exponentialMovingAverage, simpleMovingAverage, wilderAverage } from './moving-averages.ts';
import { onBalanceVolume } from './on-balance-volume.ts';
import { relativeStrength } from './relative-strength.ts';

const column = (...values: number[]): Float64Array => new Float64Array(values);
const _ = Number.NaN;

const bars: Bars = {
  time: column(1, 2, 3, 4, 5),
  open: column(9, 9, 11, 11, 10),
  high: column(10, 12, 12, 11, 14),
  low: column(8, 9, 10, 8, 10),
  close: column(9, 11, 11, 9, 13),
  volume: column(5, 10, 20, 30, 40),
};

function expectColumn(got: Float64Array, expected: readonly number[]): void {
  expect([...got]).toEqual(
    expected.map((value) => (Number.isNaN(value) ? value : expect.closeTo(value, 12))),
  );
}

/** Holds the end of a column against the shorter results of another library. */
function expectTail(got: Float64Array, other: readonly number[], digits = 9): void {
  const tail = got.subarray(got.length - other.length);
  for (const [at, value] of other.entries()) expect(tail[at]).toBeCloseTo(value, digits);
}

test('averages by hand: simple, exponential from the first value, and Wilder', () => {
  expectColumn(simpleMovingAverage(column(1, 2, 6, 7), 3), [_, _, 3, 5]);
  // Weight 2 / (3 + 1): 1, 1.5, 3.75, 5.375.
  expectColumn(exponentialMovingAverage(column(1, 2, 6, 7), 3), [_, _, 3.75, 5.375]);
  // (1 + 2 + 6) / 3 = 3, then 3 + (7 - 3) / 3.
  expectColumn(wilderAverage(column(1, 2, 6, 7), 3), [_, _, 3, 13 / 3]);
});

test('true range and its average by hand', () => {
  // max(3, 12-9, |9-9|), max(2, |12-11|, |10-11|), max(3, 0, |8-11|), max(4, 14-9, |10-9|)
  expectColumn(trueRange(bars), [_, 3, 2, 3, 5]);
  // (3 + 2 + 3) / 3, then (2 * 8/3 + 5) / 3.
  expectColumn(averageTrueRange(bars, 3), [_, _, _, 8 / 3, 31 / 9]);
});

test('relative strength by hand: 66.67 after gains of 1 and losses of .5', () => {
  // Averages (1 + 0) / 2 and (0 + .5) / 2: RS 2. Then (.5 + 1.5) / 2 and .25 / 2: RS 8.
  expectColumn(relativeStrength(column(10, 11, 10.5, 12), 2), [_, _, 100 - 100 / 3, 100 - 100 / 9]);
  expectColumn(relativeStrength(column(10, 10, 10), 2), [_, _, 100]);
});

test('directional movement by hand', () => {
  const { plus, minus, index } = directionalMovement(bars, 2);
  // Ups 2, 0, 0, 3; downs 0, 0, 2, 0; ranges 3, 2, 3, 5.
  // Averages: ups 1, .5, 1.75; downs 0, 1, .5; ranges 2.5, 2.75, 3.875.
  expectColumn(plus, [_, _, 40, 50 / 2.75, 175 / 3.875]);
  expectColumn(minus, [_, _, 0, 100 / 2.75, 50 / 3.875]);
  // Distances 100, 100/3, 125/2.25; averages (100 + 100/3) / 2, then the mean of that and 500/9.
  expectColumn(index, [_, _, _, 200 / 3, (200 / 3 + 500 / 9) / 2]);
});

test('Bollinger bands by hand, of the population and of the sample', () => {
  // Of 1, 2, 6: mean 3, squares 4 + 1 + 9 = 14.
  const population = bollingerBands(column(1, 2, 6), { window: 3 });
  expectColumn(population.upper, [_, _, 3 + 2 * Math.sqrt(14 / 3)]);
  const sample = bollingerBands(column(1, 2, 6), { window: 3, of: 'sample' });
  expectColumn(sample.lower, [_, _, 3 - 2 * Math.sqrt(7)]);
  expectColumn(sample.width, [_, _, (4 * Math.sqrt(7)) / 3]);
});

test('on-balance volume by hand', () => {
  expectColumn(onBalanceVolume(bars), [0, 10, 10, -20, 20]);
});

test('efficiency ratio by hand: net 1 over a path of 3, and 0 where nothing moves', () => {
  expectColumn(efficiencyRatio(column(10, 11, 10, 11), 3), [_, _, _, 1 / 3]);
  expectColumn(efficiencyRatio(column(5, 5, 5), 2), [_, _, 0]);
});

test('a second library gives the same to 1e-9 over 400 generated bars', () => {
  const long = generateBars({ count: 400, seed: 3 });
  const [high, low, close, volume] = [long.high, long.low, long.close, long.volume].map((values) =>
    Array.from(values),
  ) as [number[], number[], number[], number[]];
  expectTail(averageTrueRange(long), ATR.calculate({ period: 14, high, low, close }));
  const other = ADX.calculate({ period: 14, high, low, close });
  const own = directionalMovement(long);
  expectTail(
    own.plus,
    other.map(({ pdi }) => pdi),
  );
  expectTail(
    own.minus,
    other.map(({ mdi }) => mdi),
  );
  expectTail(
    own.index,
    other.map(({ adx }) => adx),
  );
  const balance = onBalanceVolume(long);
  const theirs = OBV.calculate({ close, volume });
  expectTail(balance.subarray(balance.length - theirs.length), theirs);
  expectTail(simpleMovingAverage(long.close, 20), SMA.calculate({ period: 20, values: close }));
  const bands = BollingerBands.calculate({ period: 20, stdDev: 2, values: close });
  expectTail(
    bollingerBands(long.close).upper,
    bands.map(({ upper }) => upper),
  );
});

test('relative strength is that of a second library, whose own result is rounded to 2 digits', () => {
  const close = Array.from(generateBars({ count: 400, seed: 3 }).close);
  const own = relativeStrength(Float64Array.from(close));
  expectTail(own, RSI.calculate({ period: 14, values: close }), 1);
  const changes = close.slice(1).map((price, at) => price - (close[at] as number));
  const average = (values: number[]): number[] => WEMA.calculate({ period: 14, values });
  const gains = average(changes.map((change) => Math.max(0, change)));
  const losses = average(changes.map((change) => Math.max(0, -change)));
  expectTail(
    own,
    gains.map((gain, at) => 100 - 100 / (1 + gain / (losses[at] as number))),
  );
});

test('the distance of two exponential averages by hand', () => {
  // Weights 2/2 and 2/3, signal 2/2: the fast one is the close; the slow 1, 5/3, 41/9.
  const { macd: distance, histogram } = macd(column(1, 2, 6), { fast: 1, slow: 2, signal: 1 });
  expectColumn(distance, [_, 1 / 3, 6 - 41 / 9]);
  expectColumn(histogram, [_, 0, 0]);
});
