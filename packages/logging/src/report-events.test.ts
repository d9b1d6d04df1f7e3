import { describe, expect, it } from '@jest/globals';
import {
  asRunId,
  asStageId,
  type FailureRecord,
  type RunEvent,
  VirtualClock,
} from '@millrace/core';
import { createLogging } from './create-logging.ts';
import { reportEvents } from './report-events.ts';
import { TextSink } from './testing-local/text-sink.ts';

const BASE = { seq: 7, at: 0, runId: asRunId('run-1') };
const STAGE = { ...BASE, stage: asStageId('score'), attempt: 2 };

const FAILURE: FailureRecord = {
  reason: 'threw',
  code: 'STAGE_THREW',
  phase: 'run',
  message: 'stage score threw: bad price',
  thrown: { name: 'TypeError', message: 'bad price', stack: 'TypeError: bad price\n    at f' },
};

const FAILED = { ...STAGE, type: 'stage.failed', durationMs: 12, failure: FAILURE } as const;

const EVENTS: readonly (readonly [RunEvent, string, string])[] = [
  [
    { ...STAGE, type: 'stage.queued', limit: 'vendor', because: 'circuit', forMs: 30_000 },
    'warn',
    'stage score waits for vendor: its circuit is open, for 30.0s',
  ],
  [
    { ...STAGE, type: 'stage.queued', limit: 'vendor', because: 'busy' },
    'debug',
    'stage score waits for vendor: all slots are taken',
  ],
  [
    { ...BASE, type: 'run.started', pipeline: 'daily', stages: 1 },
    'info',
    'run of daily started: 1 stage',
  ],
  [
    {
      ...BASE,
      type: 'run.resumed',
      pipeline: 'daily',
      plan: { run: 1, reuse: 2, skip: 3, undecided: 4 },
    },
    'info',
    'run of daily resumed: 1 to run, 4 undecided, 2 reused, 3 skipped',
  ],
  [
    { ...BASE, type: 'run.cancelling', mode: 'kill', running: 2 },
    'warn',
    'cancelling: aborting 2 running stages',
  ],
  [
    { ...BASE, type: 'run.finished', status: 'succeeded', durationMs: 1500 },
    'info',
    'run succeeded after 1.5s',
  ],
  [
    { ...BASE, type: 'run.finished', status: 'degraded', durationMs: 5 },
    'warn',
    'run degraded after 5ms',
  ],
  [
    { ...BASE, type: 'run.finished', status: 'failed', durationMs: 5 },
    'error',
    'run failed after 5ms',
  ],
  [
    { ...BASE, type: 'run.finished', status: 'cancelled', durationMs: 5 },
    'warn',
    'run cancelled after 5ms',
  ],
  [{ ...STAGE, type: 'stage.started' }, 'info', 'stage score started'],
  [
    { ...STAGE, type: 'stage.progress', fraction: 0.5, message: 'x' },
    'debug',
    'stage score 50 %: x',
  ],
  [{ ...STAGE, type: 'stage.progress' }, 'debug', 'stage score goes on'],
  [
    { ...STAGE, type: 'stage.retrying', failure: FAILURE, delayMs: 2000, durationMs: 12 },
    'warn',
    'stage score threw: bad price; next attempt in 2.0s',
  ],
  [
    { ...STAGE, type: 'stage.succeeded', durationMs: 12 },
    'info',
    'stage score succeeded after 12ms',
  ],
  [
    { ...STAGE, type: 'stage.succeeded', durationMs: 12, teardownFailure: FAILURE },
    'warn',
    'stage score succeeded after 12ms, but stage score threw: bad price',
  ],
  [{ ...FAILED, critical: true, fallback: false }, 'error', 'stage score threw: bad price'],
  [{ ...FAILED, critical: false, fallback: false }, 'warn', 'stage score threw: bad price'],
  [
    { ...FAILED, critical: true, fallback: true },
    'warn',
    'stage score threw: bad price; its fallback is used',
  ],
  [
    { ...BASE, type: 'stage.skipped', stage: asStageId('a'), reason: 'b failed' },
    'info',
    'stage a skipped: b failed',
  ],
  [{ ...STAGE, type: 'stage.cancelled', durationMs: 1 }, 'warn', 'stage score cancelled'],
];

async function logged(
  events: readonly RunEvent[],
  format: 'text' | 'json',
): Promise<readonly string[]> {
  const screen = new TextSink();
  const clock = new VirtualClock(0);
  const logging = createLogging({ console: screen, level: 'debug', format, clock });
  events.forEach(reportEvents(logging.logger));
  await logging.close();
  return screen.lines;
}

describe('reportEvents', () => {
  it.each(EVENTS)('logs %o', async (event, level, message) => {
    const [line = ''] = await logged([event], 'json');
    expect(JSON.parse(line)).toMatchObject({
      level,
      message,
      runId: 'run-1',
      ...('stage' in event ? { stage: event.stage } : {}),
      ...('attempt' in event ? { attempt: 2 } : {}),
      fields: { event: event.type, seq: 7 },
    });
  });

  it('gives code, phase, duration and what was thrown, with its stack below', async () => {
    const failed: RunEvent = { ...FAILED, critical: true, fallback: false };
    const [line = ''] = await logged([failed], 'json');
    expect(JSON.parse(line).fields).toMatchObject({
      code: 'STAGE_THREW',
      reason: 'threw',
      phase: 'run',
      durationMs: 12,
      error: FAILURE.thrown,
    });
    expect((await logged([failed], 'text')).slice(1)).toEqual([
      '    | TypeError: bad price',
      '    |     at f',
    ]);
  });
});
