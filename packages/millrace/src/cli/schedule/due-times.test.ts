import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { CronTimes } from './cron-times.ts';
import { type DueTimes, dueTimes, MOST_MISSED, ON_TIME_MS } from './due-times.ts';

const HOUR_MS = 3_600_000;
const NOON = Date.parse('2026-11-20T12:00:00Z');
const HOURLY = new CronTimes('0 * * * *', 'UTC');

function hours({ missed, onTime, hasSkipped }: DueTimes): unknown {
  const hour = (at: number): number => new Date(at).getUTCHours();
  return { missed: missed.map(hour), onTime: onTime.map(hour), hasSkipped };
}

describe('the times that are due', () => {
  test('are on time up to a minute late, whatever the policy', () => {
    const asked = { handledMs: NOON - 1, nowMs: NOON + ON_TIME_MS, beganMs: NOON };
    for (const policy of ['skip', 'run-once', 'run-all'] as const) {
      expect(hours(dueTimes(HOURLY, asked, policy))).toEqual({
        missed: [],
        onTime: [12],
        hasSkipped: false,
      });
    }
    const late = { ...asked, nowMs: NOON + ON_TIME_MS + 1 };
    expect(hours(dueTimes(HOURLY, late, 'run-all'))).toMatchObject({ missed: [12], onTime: [] });
  });

  test('before the scheduler began are missed, be it a second ago', () => {
    const asked = { handledMs: NOON - 1, nowMs: NOON + 1000, beganMs: NOON + 500 };
    expect(hours(dueTimes(HOURLY, asked, 'skip'))).toEqual({
      missed: [],
      onTime: [],
      hasSkipped: true,
    });
    expect(hours(dueTimes(HOURLY, asked, 'run-once'))).toMatchObject({ missed: [12], onTime: [] });
    const punctual = { ...asked, beganMs: NOON };
    expect(hours(dueTimes(HOURLY, punctual, 'skip'))).toMatchObject({ onTime: [12] });
  });

  test('are none twice: what is handled is not due again', () => {
    expect(
      dueTimes(HOURLY, { handledMs: NOON, nowMs: NOON + 5000, beganMs: NOON }, 'run-all'),
    ).toEqual({
      missed: [],
      onTime: [],
      hasSkipped: false,
    });
  });

  test('make up for all that were missed by the run that is on time', () => {
    const asked = { handledMs: NOON - 3 * HOUR_MS, nowMs: NOON + 10, beganMs: NOON };
    expect(hours(dueTimes(HOURLY, asked, 'run-once'))).toEqual({
      missed: [],
      onTime: [12],
      hasSkipped: true,
    });
  });

  test('are so many at most after years away, the newest', () => {
    const nowMs = NOON + HOUR_MS / 2;
    const asked = { handledMs: Date.parse('2020-01-01T00:00:00Z'), nowMs, beganMs: nowMs };
    const { missed, hasSkipped } = dueTimes(HOURLY, asked, 'run-all');
    expect([missed.length, missed.at(-1), hasSkipped]).toEqual([MOST_MISSED, NOON, true]);
  });

  test('are each told once however often and whenever somebody looks', () => {
    const random = new SeededRandom(7);
    const expected: number[] = [];
    for (let at = HOURLY.next(NOON) ?? 0; at <= NOON + 200 * HOUR_MS; at = HOURLY.next(at) ?? 0) {
      expected.push(at);
    }
    const seen: number[] = [];
    let handledMs = NOON;
    while (handledMs < NOON + 200 * HOUR_MS) {
      const nowMs = Math.min(handledMs + random.next() * 5 * HOUR_MS, NOON + 200 * HOUR_MS);
      const { missed, onTime } = dueTimes(HOURLY, { handledMs, nowMs, beganMs: NOON }, 'run-all');
      seen.push(...missed, ...onTime);
      handledMs = nowMs;
    }
    expect(seen).toEqual(expected);
  });
});
