import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { purgedKFoldRanges, rollingRanges, walkForwardRanges } from './fold-ranges.ts';
import { splitTail, trainingRows } from './training-rows.ts';

const spans = (...list: readonly (readonly [start: number, end: number])[]) => ({
  starts: Int32Array.from(list, ([start]) => start),
  ends: Int32Array.from(list, ([, end]) => end),
});

test('a walk-forward of 2 folds over 9 samples has 3 blocks', () => {
  const [first, second] = walkForwardRanges(9, { folds: 2 });
  expect(first).toEqual({ fold: 0, trainFrom: 0, trainTo: 3, testFrom: 3, testTo: 6 });
  expect(second).toEqual({ fold: 1, trainFrom: 0, trainTo: 6, testFrom: 6, testTo: 9 });
  expect(walkForwardRanges(9, { folds: 2, window: 4 })[1]).toMatchObject({ trainFrom: 2 });
});

test('rolling folds over 1,000 samples are 36, the last ones short', () => {
  const folds = rollingRanges(1000);
  expect(folds).toHaveLength(36);
  expect(folds[0]).toEqual({ fold: 0, trainFrom: 0, trainTo: 252, testFrom: 257, testTo: 320 });
  // 35 * 21 + 257 = 992.
  expect(folds.at(-1)).toMatchObject({ testFrom: 992, testTo: 1000 });
});

test('rolling folds grow with the data so that they stay few', () => {
  const folds = rollingRanges(260_000, { maxFolds: 20 });
  expect(folds.length).toBeLessThanOrEqual(20);
  expect(folds.length).toBeGreaterThan(17);
  expect(folds.at(-1)?.testTo).toBe(260_000);
  expect(rollingRanges(1000, { maxFolds: 40 })).toEqual(rollingRanges(1000));
});

test('before the test block a label must be known, strictly, when the first test sample starts', () => {
  const samples = spans([0, 2], [1, 3], [2, 5], [3, 4], [4, 9], [5, 6]);
  const range = { fold: 0, trainFrom: 0, trainTo: 4, testFrom: 4, testTo: 6 };
  // The test starts at bar 4: labels known at 5 and at 4 itself go.
  expect(trainingRows(samples, range)).toEqual({ rows: new Int32Array([0, 1]), purged: 2 });
});

test('after the test block a sample must start past its last label and the embargo', () => {
  const samples = spans([0, 0], [1, 4], [2, 3], [4, 5], [5, 6], [6, 7], [7, 8]);
  const range = { fold: 0, trainFrom: 0, trainTo: 7, testFrom: 1, testTo: 3 };
  expect([...trainingRows(samples, range).rows]).toEqual([0, 4, 5, 6]);
  expect([...trainingRows(samples, range, 2).rows]).toEqual([0, 6]);
});

test('too few samples for the folds are refused with the minimum', () => {
  expect(() => walkForwardRanges(5, { folds: 5 })).toThrow('got 5, needed at least 6');
  expect(() => rollingRanges(257)).toThrow('got 257, needed at least 258');
});

const anySpans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 12 })), {
    minLength: 12,
    maxLength: 80,
  })
  .map((list) => {
    let start = 0;
    return spans(
      ...list.map(([gap, length]) => {
        start += gap;
        return [start, start + length] as const;
      }),
    );
  });

test('no training span ever reaches a test block, nor starts within its embargo', () => {
  fc.assert(
    fc.property(anySpans, fc.integer({ min: 0, max: 5 }), (samples, embargo) => {
      const count = samples.starts.length;
      const ranges = [
        ...walkForwardRanges(count, { folds: 3 }),
        ...purgedKFoldRanges(count, 4),
        ...rollingRanges(count, { train: 4, test: 3, step: 2, embargo: 1 }),
      ];
      for (const range of ranges) {
        const tested = { from: samples.starts[range.testFrom] as number, to: 0 };
        for (let row = range.testFrom; row < range.testTo; row++)
          tested.to = Math.max(tested.to, samples.ends[row] as number);
        const { rows, purged } = trainingRows(samples, range, embargo);
        for (const row of rows) {
          const isBefore = (samples.ends[row] as number) < tested.from;
          const isAfter = (samples.starts[row] as number) > tested.to + embargo;
          expect(isBefore || isAfter).toBe(true);
        }
        const inTest = Math.min(range.trainTo, range.testTo) - range.testFrom;
        const candidates = range.trainTo - range.trainFrom - Math.max(0, inTest);
        expect(rows.length + purged).toBe(candidates);
      }
    }),
    { numRuns: 200, seed: 4 },
  );
});

test('k folds test every sample once', () => {
  const tested = purgedKFoldRanges(10, 3).flatMap(({ testFrom, testTo }) =>
    Array.from({ length: testTo - testFrom }, (_, at) => testFrom + at),
  );
  expect(tested).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('what reaches into the tail for early stopping is left out of the head', () => {
  const samples = spans([0, 1], [1, 3], [2, 2], [3, 4]);
  const { head, tail } = splitTail(samples, new Int32Array([0, 1, 2, 3]), 0.25);
  expect([...head]).toEqual([0, 2]);
  expect([...tail]).toEqual([3]);
});
