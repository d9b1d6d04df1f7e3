import { describe, expect, it } from '@jest/globals';
import { asRunId, asStageId, type RunEvent } from 'millrace';
import { EventLines } from './event-lines.ts';

type Part<T> = T extends RunEvent ? Omit<T, 'seq' | 'runId' | 'stage' | 'attempt'> : never;
type StageEvent = Part<Extract<RunEvent, { readonly attempt: number }>>;

const told = (lines: EventLines, event: StageEvent): readonly string[] => {
  const base = { seq: 1, runId: asRunId('run'), stage: asStageId('data'), attempt: 1 };
  return lines.lines({ ...base, ...event } as RunEvent).map(({ to, line }) => `${to} ${line}`);
};
const progress = (at: number, fraction: number, message: string) =>
  ({ type: 'stage.progress', at, fraction, message }) as const;

describe('progress', () => {
  it('tells share, tickers and time, and from 5 % on how long it still takes', () => {
    const lines = new EventLines();
    told(lines, { type: 'stage.started', at: 0 });
    expect(told(lines, progress(0, 0, '0 of 3000 items'))).toEqual([
      'ticker data: running, 0 %, 0 of 3,000 tickers, 0.0s',
    ]);
    expect(told(lines, progress(1000, 0.04, '120 of 3000 items'))).toEqual([
      'ticker data: running, 4 %, 120 of 3,000 tickers, 1.0s',
    ]);
    // A quarter in two seconds: three quarters take six.
    expect(told(lines, progress(2000, 0.25, '750 of 3000 items, 2 failed'))).toEqual([
      'ticker data: running, 25 %, 750 of 3,000 tickers, 2 failed, 2.0s, ETA 6.0s',
    ]);
  });

  it('does not count what was kept as speed', () => {
    const lines = new EventLines();
    told(lines, { type: 'stage.started', at: 0 });
    told(lines, progress(100, 0.5, '1500 of 3000 items'));
    // A tenth in one second: four tenths take four.
    const [line] = told(lines, progress(1100, 0.6, '1800 of 3000 items'));
    expect(line).toContain('1.1s, ETA 4.0s');
  });
});

describe('the lines of a run', () => {
  it('say how a stage ended', () => {
    const lines = new EventLines();
    const items = { total: 3000, failed: 150, kept: 1700 };
    expect(told(lines, { type: 'stage.succeeded', at: 1, durationMs: 1234, items })).toEqual([
      'out ▲ data:          1.2s [3,000 tickers, 1,700 kept, 150 failed]',
    ]);
    told(lines, progress(1, 1, '4 real'));
    expect(told(lines, { type: 'stage.succeeded', at: 1, durationMs: 10 })).toEqual([
      'out ✓ data:          0.0s [4 real]',
    ]);
  });

  it('name the first tickers that fail, and then say once that there are more', () => {
    const lines = new EventLines();
    const failure = { reason: 'threw', code: 'X', phase: 'item', message: 'is  wrong' } as const;
    const failed = Array.from({ length: 9 }, (_, at) =>
      told(lines, { type: 'stage.item-failed', at, item: `T${at}`, tries: 1, failure }),
    ).flat();
    expect(failed).toHaveLength(6);
    expect(failed[0]).toBe('notice data: T0 failed: is wrong');
    expect(failed[5]).toBe('notice data: more tickers failed; the report names them all');
  });
});
