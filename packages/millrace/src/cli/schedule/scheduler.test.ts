import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { CronTimes } from './cron-times.ts';
import {
  type ScheduleNote,
  Scheduler,
  type SchedulerOptions,
  type StartedRun,
} from './scheduler.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START = Date.parse('2026-11-20T00:30:00Z');

interface Scene {
  readonly clock: VirtualClock;
  readonly scheduler: Scheduler;
  readonly notes: string[];
  /** `hh:mm` of the times for which a run was started. */
  readonly started: string[];
  /** What a scheduler that starts after a kill knows. */
  readonly handled: () => number;
  readonly end: Promise<void>;
  /** Ends the oldest run. */
  finish(): Promise<void>;
}

/** Runs that somebody has started, whichever scheduler. */
type There = Set<number>;

function hour(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

function noteText(note: ScheduleNote): string {
  return note.kind === 'missed' ? note.kind : `${note.kind} ${hour(note.at)}`;
}

/** Every hour; runs take no time unless `isSlow`. */
function scheduled(
  options: Partial<SchedulerOptions> & { readonly isSlow?: boolean } = {},
  there: There = new Set(),
): Scene {
  const { isSlow = false, ...given } = options;
  const clock = new VirtualClock(START);
  const open: (() => void)[] = [];
  const notes: string[] = [];
  const started: string[] = [];
  let handled = START;
  const begin = (at: number): StartedRun => {
    started.push(hour(at));
    there.add(at);
    const { promise, resolve } = Promise.withResolvers<number | null>();
    if (isSlow) open.push(() => resolve(0));
    else resolve(0);
    return { ended: promise, stop: () => resolve(130) };
  };
  const scheduler = new Scheduler(
    {
      clock,
      times: new CronTimes('0 * * * *', 'UTC'),
      missed: 'skip',
      overlap: 'skip',
      handledMs: START,
      ...given,
    },
    {
      start: async (at) => (there.has(at) ? undefined : begin(at)),
      isExecuting: async () => false,
      stopExecuting: async () => undefined,
      keepHandled: (at) => {
        handled = at;
      },
      tell: (note) => notes.push(noteText(note)),
    },
  );
  return {
    clock,
    scheduler,
    notes,
    started,
    handled: () => handled,
    end: scheduler.run(),
    finish: async () => {
      open.shift()?.();
      await clock.advance(0);
    },
  };
}

describe('a scheduler', () => {
  test('starts a run at each time, and ends after so many', async () => {
    const { clock, started, end, notes } = scheduled({ count: 2 });
    await clock.advance(5 * HOUR_MS);
    await end;
    expect(started).toEqual(['01:00', '02:00']);
    expect(notes).toEqual(['started 01:00', 'ended 01:00', 'started 02:00', 'ended 02:00']);
    expect(clock.pendingTimers).toBe(0);
  });

  test('ends once no time is left before the end that it was given', async () => {
    const { clock, started, end } = scheduled({ untilMs: START + 2 * HOUR_MS });
    await clock.advance(2 * HOUR_MS);
    await end;
    expect(started).toEqual(['01:00', '02:00']);
  });

  test('stops when it is told to, and waits for the runs that it started', async () => {
    const { clock, scheduler, started, end, finish } = scheduled({ isSlow: true });
    await clock.advance(HOUR_MS);
    scheduler.stop();
    let isOver = false;
    const over = end.then(() => {
      isOver = true;
    });
    await clock.advance(3 * HOUR_MS);
    expect([started, isOver, scheduler.running]).toEqual([['01:00'], false, 1]);
    await finish();
    await over;
  });

  test('notices a time that passed while the machine slept', async () => {
    const { clock, started, notes, scheduler, end } = scheduled({ missed: 'run-once' });
    await clock.advance(20 * MINUTE_MS);
    // Timers do not run while a machine sleeps, the wall clock does.
    const asleep = clock.now.bind(clock);
    Object.defineProperty(clock, 'now', { value: () => asleep() + 2 * HOUR_MS });
    await clock.advance(MINUTE_MS);
    expect(started).toEqual(['02:00']);
    expect(notes).toContain('missed');
    scheduler.stop();
    await end;
  });
});

describe('missed times', () => {
  const away = { handledMs: START - 4 * HOUR_MS, untilMs: START + MINUTE_MS } as const;

  test.each([
    ['skip', [], ['missed']],
    ['run-once', ['00:00'], ['missed', 'started 00:00', 'ended 00:00']],
    ['run-all', ['21:00', '22:00', '23:00', '00:00'], expect.arrayContaining(['started 21:00'])],
  ] as const)('are handled as %s says', async (missed, expected, notes) => {
    const scene = scheduled({ ...away, missed });
    await scene.clock.advance(MINUTE_MS);
    await scene.clock.advance(MINUTE_MS);
    await scene.end;
    expect(scene.started).toEqual(expected);
    expect(scene.notes).toEqual(notes);
  });

  test('of the last minute are none that a scheduler starts with, but as its policy says', async () => {
    const restarted = { times: new CronTimes('* * * * * *', 'UTC'), handledMs: START - 30_000 };
    const skipping = scheduled({ ...restarted, isSlow: true });
    await skipping.clock.advance(0);
    expect([skipping.started, skipping.notes]).toEqual([['00:30'], ['missed', 'started 00:30']]);
    const once = scheduled({ ...restarted, missed: 'run-once', untilMs: START - 1 });
    await once.clock.advance(1000);
    await once.end;
    expect(once.started).toEqual(['00:29']);
  });

  test('are made up for exactly once, wherever the scheduler is killed', async () => {
    const there: There = new Set();
    const first = scheduled({ ...away, missed: 'run-all', isSlow: true }, there);
    await first.clock.advance(0);
    await first.finish();
    await first.clock.advance(1000);
    // It dies here: two were started, the rest wait.
    expect(first.started).toEqual(['21:00', '22:00']);
    const second = scheduled({ ...away, handledMs: first.handled(), missed: 'run-all' }, there);
    await second.clock.advance(MINUTE_MS);
    await second.end;
    expect(second.started).toEqual(['23:00', '00:00']);
  });

  test('are run one after the other, also where runs may overlap', async () => {
    const { clock, started } = scheduled({
      ...away,
      missed: 'run-all',
      overlap: 'allow',
      isSlow: true,
    });
    await clock.advance(10_000);
    expect(started).toEqual(['21:00']);
  });
});

describe('a time at which a run is still executed', () => {
  test('is skipped', async () => {
    const { clock, started, notes } = scheduled({ isSlow: true });
    await clock.advance(3 * HOUR_MS);
    expect(started).toEqual(['01:00']);
    expect(notes).toEqual(['started 01:00', 'skipped 02:00', 'skipped 03:00']);
  });

  test('waits', async () => {
    const { clock, started, handled, finish } = scheduled({ overlap: 'queue', isSlow: true });
    await clock.advance(3 * HOUR_MS);
    expect(started).toEqual(['01:00']);
    expect(hour(handled() + 1)).toBe('02:00');
    await finish();
    expect(started).toEqual(['01:00', '02:00']);
    await finish();
    expect(started).toEqual(['01:00', '02:00', '03:00']);
  });

  test('starts beside it', async () => {
    const { clock, started } = scheduled({ overlap: 'allow', isSlow: true });
    await clock.advance(2 * HOUR_MS);
    expect(started).toEqual(['01:00', '02:00']);
  });

  test('ends it', async () => {
    const { clock, started, notes } = scheduled({ overlap: 'cancel-previous', isSlow: true });
    await clock.advance(2 * HOUR_MS);
    expect(started).toEqual(['01:00', '02:00']);
    expect(notes).toEqual(['started 01:00', 'cancelling 02:00', 'ended 01:00', 'started 02:00']);
  });
});

test('two schedulers of one schedule start the run of a time once', async () => {
  const there: There = new Set();
  const one = scheduled({ count: 1 }, there);
  const two = scheduled({ untilMs: START + HOUR_MS }, there);
  await Promise.all([one.clock.advance(HOUR_MS), two.clock.advance(HOUR_MS)]);
  await Promise.all([one.end, two.end]);
  expect([...one.started, ...two.started]).toEqual(['01:00']);
  expect([...one.notes, ...two.notes]).toContain('there-already 01:00');
});
