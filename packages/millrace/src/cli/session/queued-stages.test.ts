import { describe, expect, it } from '@jest/globals';
import { asRunId, asStageId, type RunEvent } from '@millrace/core';
import { QueuedStages } from './queued-stages.ts';

const FAILURE = { reason: 'threw', code: 'STAGE_THREW', phase: 'run', message: 'no' } as const;

type Because = 'busy' | 'rate' | 'circuit';

function base(stage: string): { seq: number; at: number; runId: never; stage: never; attempt: 1 } {
  const runId = asRunId('run') as never;
  return { seq: 1, at: 1000, runId, stage: asStageId(stage) as never, attempt: 1 };
}

function queued(stage: string, because: Because, forMs?: number): RunEvent {
  const time = forMs === undefined ? {} : { forMs };
  return { ...base(stage), type: 'stage.queued', limit: 'vendor', because, ...time };
}

describe('queued stages', () => {
  it('are shown with what they wait for, why, and for how long from now on', () => {
    const stages = new QueuedStages();
    stages.take(queued('quotes', 'circuit', 30_000));
    stages.take(queued('news', 'busy'));
    stages.take(queued('rates', 'rate', 500));
    expect(stages.lines(9, 6, 6400)).toEqual([
      'quotes  waiting for vendor (circuit open, 25s)',
      'news    waiting for vendor (busy)',
      'rates   waiting for vendor (rate)',
    ]);
    expect(stages.lines(1, 6, 6400)).toHaveLength(1);
    expect(stages.lines(-1, 6, 6400)).toEqual([]);
  });

  it('are no more once they start or are cancelled, and wait anew when they are tried again', () => {
    const stages = new QueuedStages();
    stages.take(queued('quotes', 'busy'));
    stages.take(queued('news', 'busy'));
    stages.take({ ...base('quotes'), type: 'stage.started' });
    stages.take({ ...base('news'), type: 'stage.cancelled', durationMs: 0 });
    expect(stages.size).toBe(0);
    const again = { failure: FAILURE, delayMs: 0, durationMs: 1 };
    stages.take({ ...base('quotes'), type: 'stage.retrying', ...again });
    stages.take(queued('quotes', 'circuit', 1000));
    expect(stages.size).toBe(1);
  });

  it('are not those whose items wait while they run', () => {
    const stages = new QueuedStages();
    stages.take({ ...base('quotes'), type: 'stage.started' });
    stages.take(queued('quotes', 'rate', 1000));
    expect(stages.size).toBe(0);
  });
});
