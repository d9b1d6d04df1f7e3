import { describe, expect, it } from '@jest/globals';
import { asStageId } from '../base/ids.ts';
import { NO_RETRY } from '../definition/index.ts';
import type { FailureRecord } from '../events/index.ts';
import { circuitOpenFailure, threwFailure, timedOutFailure } from './failures.ts';
import { askedWaitMs, callResultOf, mayRetry } from './may-retry.ts';

const STAGE = asStageId('quotes');
const REFUSED = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
const FETCH = threwFailure(STAGE, 'run', new TypeError('fetch failed', { cause: REFUSED }));
const OVERDUE = timedOutFailure(STAGE, 'run', 1000);

function tries(
  failure: FailureRecord,
  policy: Partial<typeof NO_RETRY>,
  retryable?: () => boolean,
): boolean {
  const spec = retryable === undefined ? {} : { retryable };
  return mayRetry({ policy: { ...NO_RETRY, attempts: 3, ...policy }, spec }, failure, 1);
}

describe('a failure', () => {
  it('is tried again by its reason, its code, or the name or code of what was thrown or caused it', () => {
    for (const on of [['threw'], ['STAGE_THREW'], ['TypeError'], ['no', 'ECONNREFUSED']]) {
      expect([on, tries(FETCH, { on }), tries(OVERDUE, { on })]).toEqual([on, true, false]);
    }
    expect(tries(OVERDUE, { on: ['timed-out'] })).toBe(true);
  });

  it('is not tried again by the same names', () => {
    for (const notOn of [['threw'], ['STAGE_THREW'], ['TypeError'], ['ECONNREFUSED']]) {
      expect([notOn, tries(FETCH, { notOn }), tries(OVERDUE, { notOn })]).toEqual([
        notOn,
        false,
        true,
      ]);
    }
    expect(tries(FETCH, { on: ['threw'], notOn: ['ECONNREFUSED'] })).toBe(false);
  });

  it('is for the config to decide first, then for the class', () => {
    expect(tries(FETCH, {}, () => false)).toBe(false);
    expect(tries(FETCH, { on: ['threw'] }, () => false)).toBe(true);
    expect(tries(FETCH, { notOn: ['threw'] }, () => true)).toBe(false);
  });

  it('is never tried more often than allowed, and not at all behind an open circuit', () => {
    const rules = { policy: { ...NO_RETRY, attempts: 2 }, spec: { retryable: () => true } };
    expect([mayRetry(rules, FETCH, 1), mayRetry(rules, FETCH, 2)]).toEqual([true, false]);
    expect(mayRetry(rules, circuitOpenFailure('it', 'vendor'), 1)).toBe(false);
  });

  it('counts against a limit only where it is worth another try, however often it was tried', () => {
    const rules = { policy: NO_RETRY, spec: {} };
    expect(callResultOf(rules, FETCH)).toBe('failed');
    const filtered = { ...rules, policy: { ...NO_RETRY, notOn: ['ECONNREFUSED'] } };
    expect(callResultOf(filtered, FETCH)).toBe('other');
  });

  it('may ask for a wait, as may what caused it', () => {
    const busy = Object.assign(new Error('busy'), { retryAfterMs: 2000 });
    expect(askedWaitMs(threwFailure(STAGE, 'run', busy))).toBe(2000);
    const wrapped = new Error('no quotes', { cause: busy });
    expect(askedWaitMs(threwFailure(STAGE, 'run', wrapped))).toBe(2000);
    for (const retryAfterMs of ['2', Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      const odd = Object.assign(new Error('busy'), { retryAfterMs });
      expect(askedWaitMs(threwFailure(STAGE, 'run', odd))).toBeUndefined();
    }
  });
});
