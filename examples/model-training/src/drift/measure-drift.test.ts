import { expect, it } from '@jest/globals';
import { driftText } from './drift-text.ts';
import { measureDrift } from './measure-drift.ts';

const table = (names: readonly string[], ...columns: readonly (readonly number[])[]) => ({
  names,
  columns: columns.map((column) => Float64Array.from(column)),
});

const counting = Array.from({ length: 100 }, (_, at) => at);

it('is the mean of the indexes of the features, and alerts above the threshold', () => {
  const trained = table(['same', 'moved'], counting, counting);
  const recent = table(
    ['same', 'moved'],
    counting,
    counting.map((value) => value + 50),
  );
  const drift = measureDrift(trained, recent, 0.25);
  expect(drift.byFeature.same).toBe(0);
  // Ten bins of .1 each before. After: five of them empty (1e-4 stands for 0), and the last holds .6:
  // 5 x (.0001 - .1) ln(.0001 / .1) + (.6 - .1) ln(.6 / .1) = 5 x .0999 x 6.90776 + .5 x 1.79176 = 4.3463.
  expect(drift.byFeature.moved).toBeCloseTo(4.3463, 2);
  expect(drift.mean).toBeCloseTo((drift.byFeature.moved ?? 0) / 2, 12);
  expect(drift.isAlert).toBe(true);
  expect(measureDrift(trained, recent, 3).isAlert).toBe(false);
  expect(driftText(drift)).toMatch(
    /^mean stability index 2.1\d\d, ALERT; most: moved 4.3\d, same 0.00$/,
  );
});

it('refuses features of other names', () => {
  const [one, other] = [table(['a'], counting), table(['b'], counting)];
  expect(() => measureDrift(one, other, 0.25)).toThrow(
    expect.objectContaining({ code: 'FEATURES_MISMATCH' }),
  );
});
