import { describe, expect, it } from '@jest/globals';
import { type AttemptRecord, asStageId, type StageRecord } from '@millrace/core';
import { placeAttempts } from './place-attempts.ts';
import { CREATED_AT, sampleStage } from './testing-local/sample-records.ts';

const FAILURE = { reason: 'threw', code: 'STAGE_THREW', phase: 'run', message: 'no' } as const;

function attempt(stage: string, fields: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    stage: asStageId(stage),
    attempt: 1,
    fence: 1,
    status: 'succeeded',
    startedAt: CREATED_AT + 1,
    finishedAt: CREATED_AT + 2,
    ...fields,
  };
}

/** `a #1 at 5`: the attempts with rows of their own, and those of which a checkpoint tells. */
function placesOf(
  attempts: readonly AttemptRecord[],
  stages: readonly StageRecord[],
): { readonly own: readonly string[]; readonly told: readonly string[]; readonly next: number } {
  const { own, told, nextOrder } = placeAttempts({ attempts, stages }, 5);
  const [ownTexts, toldTexts] = [own, [...told.values()]].map((placed) =>
    placed.map(({ attempt: one, startOrder }) => `${one.stage} #${one.attempt} at ${startOrder}`),
  );
  return { own: ownTexts ?? [], told: toldTexts ?? [], next: nextOrder };
}

describe('an attempt that succeeded', () => {
  it('is told by the checkpoint of its stage, at its own place', () => {
    expect(
      placesOf(
        [attempt('z', { status: 'running' }), attempt('b'), attempt('a')],
        [sampleStage('a'), sampleStage('b')],
      ),
    ).toEqual({ own: ['z #1 at 5'], told: ['b #1 at 6', 'a #1 at 7'], next: 8 });
  });

  it('is told although it ended a moment after its stage', () => {
    const late = attempt('a', { finishedAt: CREATED_AT + 3 });
    expect(placesOf([late], [sampleStage('a')]).told).toEqual(['a #1 at 5']);
  });

  it('that began and ended within the batch has the place of its start', () => {
    const attempts = [attempt('a', { status: 'running' }), attempt('b'), attempt('a')];
    expect(placesOf(attempts, [sampleStage('a')])).toEqual({
      own: ['b #1 at 6'],
      told: ['a #1 at 5'],
      next: 7,
    });
  });

  it.each<[string, Partial<AttemptRecord>, Partial<StageRecord>]>([
    ['is still going on', { status: 'running' }, {}],
    ['failed', { status: 'failed' }, { status: 'failed' }],
    ['was undone', { status: 'undone' }, {}],
    ['succeeded where the stage did not', {}, { status: 'cancelled' }],
    ['is another one than that of the stage', {}, { attempt: 2 }],
    ['is of another session', {}, { fence: 2 }],
    ['began at another time', {}, { startedAt: CREATED_AT }],
    ['has a failure of its teardown', { failure: FAILURE }, {}],
  ])('has a row of its own when it %s', (_, ofAttempt, ofStage) => {
    const places = placesOf([attempt('a', ofAttempt)], [sampleStage('a', ofStage)]);
    expect(places).toEqual({ own: ['a #1 at 5'], told: [], next: 6 });
  });

  it('has a row of its own when it has no end, or its stage no record', () => {
    const { finishedAt: _none, ...endless } = attempt('a');
    expect(placesOf([endless], [sampleStage('a')]).own).toEqual(['a #1 at 5']);
    expect(placesOf([attempt('a')], [sampleStage('b')]).own).toEqual(['a #1 at 5']);
  });
});
