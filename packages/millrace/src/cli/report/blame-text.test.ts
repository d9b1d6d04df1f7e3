import { expect, test } from '@jest/globals';
import {
  asRunId,
  asStageId,
  type BlamedStage,
  currentProcess,
  MemoryStore,
  type RunRecord,
} from '@millrace/core';
import { blameLines } from './blame-text.ts';
import { localTime } from './words.ts';

const paint = (_style: unknown, text: string): string => text;

function storedRun(): RunRecord {
  const store = new MemoryStore();
  const id = asRunId('r1');
  const run = { id, pipeline: 'p', source: {}, context: [], createdAt: 0 };
  store.createRun(run, [], currentProcess());
  return store.findRun(id) as RunRecord;
}

function lineOf(writer: Partial<BlamedStage>, fence = 1): string | undefined {
  const run = { ...storedRun(), fence };
  const stage: BlamedStage = {
    kind: 'stage',
    stage: asStageId('load'),
    attempt: 2,
    session: 1,
    startedAt: 0,
    finishedAt: 1000,
    fallback: false,
    origin: undefined,
    ...writer,
  };
  const write = { writer: stage, kind: 'value', value: { ok: true, value: 1 } } as const;
  return blameLines({ run, key: 'k', writes: [{ ...write, changes: undefined }] }, paint)[4];
}

test('a writer is told with its attempt, and with its session where there are several', () => {
  expect(lineOf({})).toBe(`load, attempt 2, ${localTime(1000)}`);
  expect(lineOf({ session: 2 }, 3)).toBe(`load, attempt 2 in session 2, ${localTime(1000)}`);
});

test('a fallback is told', () => {
  expect(lineOf({ fallback: true })).toMatch(/^load, attempt 2, .*, which failed: its fallback$/);
});

test('an outcome of another run is told with who made it there, as far as that run knows', () => {
  const origin = { runId: asRunId('r0'), attempt: 3, stage: asStageId('fetch'), finishedAt: 500 };
  expect(lineOf({ origin })).toBe(
    `load, taken over at ${localTime(1000)} from run r0: attempt 3 of "fetch", ${localTime(500)}`,
  );
  const unknown = { ...origin, stage: undefined, finishedAt: undefined };
  expect(lineOf({ origin: unknown })).toMatch(/ from run r0: attempt 3, no longer on record$/);
});
