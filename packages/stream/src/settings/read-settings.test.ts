import { expect, test } from '@jest/globals';
import { readSettings } from './read-settings.ts';

test('what is left out has its default, and durations become milliseconds', () => {
  expect(readSettings()).toEqual({
    concurrency: 1,
    concurrencyPerKey: 1,
    queue: { capacity: 1000, overflow: 'block' },
    buffer: { interval: 60_000, size: 1000, overflow: 'block' },
    deduplication: { window: 600_000, limit: 100_000 },
    check: 'always',
    failedStatus: 'failed',
    onCriticalFailure: {},
    sourceRestart: { attempts: 8, delay: 1000, maxDelay: 60_000 },
    sinkRestart: { delay: 1000, maxDelay: 60_000 },
    whenSourceEnds: 'stop',
    stopDeadline: 30_000,
  });
});

test('all that is wrong is told at once, with its place', () => {
  const wrong = { buffer: { interval: 60, sise: 3 }, concurrency: 0 } as never;
  expect(() => readSettings(wrong)).toThrow(
    /buffer.interval: .*concurrency: |concurrency: .*buffer.interval: /,
  );
  expect(() => readSettings(wrong)).toThrow(/sise/);
});
