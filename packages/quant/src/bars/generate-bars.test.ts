import { expect, test } from '@jest/globals';
import { generateBars } from './generate-bars.ts';
import { readBars } from './read-bars.ts';

test('the same seed gives the same bars, another one others', () => {
  const [one, again, other] = [7, 7, 8].map((seed) => generateBars({ count: 50, seed }));
  expect(again).toEqual(one);
  expect(other?.close).not.toEqual(one?.close);
});

test('generated bars pass the checks of real ones', () => {
  const { report } = readBars(generateBars({ count: 500, seed: 1, persistence: 0.5 }), {
    intervalMs: 60_000,
  });
  expect(report).toMatchObject({ kept: 500, faulty: {}, gaps: 0 });
});
