import { describe, expect, it } from '@jest/globals';
import { asStageId } from '../base/ids.ts';
import type { StageRecord } from '../checkpoint/index.ts';
import { statusAfterUndo } from './status-after-undo.ts';
import { sketch } from './testing-local/run-pipeline.ts';

const pipeline = sketch({ a: () => ({}), b: () => ({}), c: { critical: false, does: () => ({}) } });

function records(
  ...statuses: readonly (Partial<StageRecord> | undefined)[]
): ReadonlyMap<string, StageRecord> {
  const made = ['a', 'b', 'c'].flatMap((id, at): [string, StageRecord][] => {
    const given = statuses[at];
    if (given === undefined) return [];
    const record = {
      stage: asStageId(id),
      status: 'succeeded',
      attempt: 1,
      fence: 1,
      finishedAt: 0,
      durationMs: 0,
      fingerprint: '',
      writes: [],
      fallback: false,
      ...given,
    } as const;
    return [[id, record]];
  });
  return new Map(made);
}

const done = { status: 'succeeded' } as const;
const undone = { status: 'cancelled' } as const;
const failed = { status: 'failed' } as const;

describe('the status of a run after an undo by hand', () => {
  it('is what it was of a run that failed or was cancelled', () => {
    expect(statusAfterUndo(pipeline, records(done, done, done), 'failed')).toBe('failed');
    expect(statusAfterUndo(pipeline, records(undone, failed, done), 'cancelled')).toBe('cancelled');
  });

  it.each([
    ['cancelled', 'succeeded', [undone, done, done]],
    ['cancelled', 'degraded', [undone, done, failed]],
    ['succeeded', 'succeeded', [done, done, done]],
    ['degraded', 'degraded', [done, done, failed]],
    ['degraded', 'degraded', [{ ...done, items: { total: 2, failed: 1, kept: 0 } }, done, done]],
    ['degraded', 'degraded', [{ ...failed, fallback: true }, done, done]],
    ['cancelled', 'running', [done, done, undefined]],
    ['failed', 'running', [undone, failed, done]],
  ] as const)('is %s after it was %s, by what is on record', (expected, before, given) => {
    expect(statusAfterUndo(pipeline, records(...given), before)).toBe(expected);
  });
});
