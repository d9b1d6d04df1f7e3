import {
  type AttemptRecord,
  asStageId,
  fromShortForm,
  type RunEvent,
  type StageId,
  type StageRecord,
} from '@millrace/core';
import { CREATED_AT, RUN } from './sample-records.ts';

/** What the executor sends of one stage that succeeds: it reads three numbers and a param, and writes a number. */
export interface ExecutedStage {
  readonly attempt: AttemptRecord;
  readonly stage: StageRecord;
  /** That it started, and that it succeeded. */
  readonly events: readonly [RunEvent, RunEvent];
}

interface StartedStage {
  readonly attempt: AttemptRecord;
  readonly event: Extract<RunEvent, { type: 'stage.started' }>;
}

const FINGERPRINT = '0123456789abcdef.fedcba9876543210.0011223344556677';
const INPUTS = ['first', 'second', 'third'];

function idOf(number: number): StageId {
  return asStageId(`stage-${number}`);
}

export function startedStage(number: number, seq: number): StartedStage {
  const stage = idOf(number);
  const startedAt = CREATED_AT + number;
  return {
    attempt: { stage, attempt: 1, fence: 1, status: 'running', startedAt },
    event: { seq, runId: RUN, type: 'stage.started', at: startedAt, stage, attempt: 1 },
  };
}

/** @param seq of the event that it started */
export function executedStage(number: number, seq: number): ExecutedStage {
  const { attempt, event } = startedStage(number, seq);
  const { stage, startedAt } = attempt;
  const finishedAt = startedAt + 1;
  const durationMs = 0.123_456_001_281_738 + (number % 50);
  return {
    attempt: { ...attempt, status: 'succeeded', finishedAt },
    stage: {
      stage,
      status: 'succeeded',
      attempt: 1,
      fence: 1,
      startedAt,
      finishedAt,
      durationMs,
      fingerprint: FINGERPRINT,
      ...dataOf(number, stage),
    },
    events: [
      event,
      { ...event, seq: seq + 1, type: 'stage.succeeded', at: finishedAt, durationMs },
    ],
  };
}

function dataOf(
  number: number,
  stage: StageId,
): Pick<StageRecord, 'writes' | 'fallback' | 'basis'> {
  const output = `json:${number}`;
  const hash = hashOf(output);
  const shortParams = `json:{"place":${number}}`;
  return {
    writes: [{ key: `value-${stage}`, kind: 'value', hash, short: output }],
    fallback: false,
    basis: {
      code: '',
      params: hashOf(shortParams),
      inputs: INPUTS.map((name) => ['input', name, hash.slice(0, 16)] as const),
      shortParams,
      read: ['place'],
    },
  };
}

function hashOf(short: string): string {
  return fromShortForm(short)?.hash ?? '';
}
