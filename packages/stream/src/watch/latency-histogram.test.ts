import { expect, test } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { LatencyHistogram } from './latency-histogram.ts';

test('quantiles are at most 3.2 % above those of the sorted values', () => {
  const histogram = new LatencyHistogram();
  const random = new SeededRandom(5);
  const values = Array.from({ length: 20_000 }, () => Math.exp(random.next() * 12) / 1000);
  for (const value of values) histogram.add(value);
  const sorted = values.toSorted((a, b) => a - b);
  for (const share of [0.1, 0.5, 0.99, 0.999, 1]) {
    const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    const told = histogram.quantile(share) ?? 0;
    expect(told).toBeGreaterThanOrEqual(exact);
    expect(told).toBeLessThanOrEqual(exact * 1.032 + 0.001);
  }
});

test('an empty one has no quantiles, and longest times are kept', () => {
  const histogram = new LatencyHistogram();
  expect(histogram.latencies).toEqual({
    count: 0,
    p50Ms: null,
    p99Ms: null,
    p999Ms: null,
    maxMs: null,
  });
  histogram.add(1e12);
  expect(histogram.latencies).toMatchObject({ count: 1, maxMs: 1e12 });
});
