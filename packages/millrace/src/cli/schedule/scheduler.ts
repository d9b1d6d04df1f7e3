import type { Clock } from '@millrace/core';
import { type DueTimes, dueTimes, type MissedPolicy } from './due-times.ts';

export const OVERLAP_POLICIES = ['skip', 'queue', 'cancel-previous', 'allow'] as const;

/** What becomes of a time at which a run of the schedule is still executed. */
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number];

/** A run that this scheduler started, until its process ends. */
export interface StartedRun {
  /** Resolves with the exit code of its process; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to end soon. */
  stop(): void;
}

export type ScheduleNote =
  | { readonly kind: 'started' | 'there-already'; readonly at: number }
  | { readonly kind: 'ended'; readonly at: number; readonly code: number | null }
  | { readonly kind: 'skipped'; readonly at: number; readonly because: 'overlap' | 'too-many' }
  | { readonly kind: 'cancelling' | 'queued'; readonly at: number }
  /** Times passed while nobody was there, and no run is started for them. */
  | { readonly kind: 'missed'; readonly since: number };

/** What the scheduler does to the world. */
export interface SchedulerHost {
  /** Undefined: somebody has started the run of this time already. */
  start(atMs: number): Promise<StartedRun | undefined>;
  /** Whether a process executes a run of the schedule, be it one of another scheduler. */
  isExecuting(): Promise<boolean>;
  /** Asks those processes to end. */
  stopExecuting(): Promise<void>;
  /** Keeps that all times up to this one are handled. */
  keepHandled(atMs: number): void;
  tell(note: ScheduleNote): void;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly times: {
    next(afterMs: number): number | undefined;
    previous(beforeMs: number): number | undefined;
  };
  readonly missed: MissedPolicy;
  readonly overlap: OverlapPolicy;
  /** All times up to this one are handled. */
  readonly handledMs: number;
  /** No run is started for a later time. */
  readonly untilMs?: number | undefined;
  /** It ends once so many runs were started. */
  readonly count?: number | undefined;
}

/** The wall clock is looked at so often at least, since it may be set, and a machine may sleep. */
const LONGEST_WAIT_MS = 30_000;
/** While a time waits for the end of a run, which may be one of another process. */
const BUSY_WAIT_MS = 1000;
/** More times do not wait: then runs take longer than the time between them. */
const LONGEST_QUEUE = 1000;

interface Waiting {
  readonly at: number;
  readonly isMissed: boolean;
  isTold: boolean;
}

/** Starts a run at each time of a schedule, as its policies say, until it is stopped. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #host: SchedulerHost;
  readonly #running = new Map<StartedRun, number>();
  readonly #queue: Waiting[] = [];
  /** Times up to here are handled or wait in the queue. */
  #seenMs: number;
  #beganMs = 0;
  #started = 0;
  #isStopped = false;
  #wake: (() => void) | undefined;

  constructor(options: SchedulerOptions, host: SchedulerHost) {
    this.#options = options;
    this.#host = host;
    this.#seenMs = options.handledMs;
  }

  /** Resolves once the schedule is over, or was stopped, and the runs that it started have ended. */
  async run(): Promise<void> {
    this.#beganMs = this.#options.clock.now();
    this.#host.keepHandled(this.#seenMs);
    for (;;) {
      this.#look();
      await this.#startQueued();
      if (this.#isOver) break;
      await this.#wait();
    }
    await Promise.all([...this.#running.keys()].map(({ ended }) => ended));
  }

  /** No run is started any more. */
  stop(): void {
    this.#isStopped = true;
    this.#wake?.();
  }

  /** Asks the runs that it started to end. */
  stopRuns(): void {
    for (const started of this.#running.keys()) started.stop();
  }

  get running(): number {
    return this.#running.size;
  }

  get #isOver(): boolean {
    const { count, untilMs, times } = this.#options;
    if (this.#isStopped || this.#started === count) return true;
    const next = times.next(this.#seenMs);
    const isLast = next === undefined || (untilMs !== undefined && next > untilMs);
    return isLast && this.#queue.length === 0;
  }

  /** Puts the times that have come into the queue. */
  #look(): void {
    const { clock, times, missed, untilMs = Number.POSITIVE_INFINITY } = this.#options;
    const nowMs = Math.min(clock.now(), untilMs);
    if (nowMs <= this.#seenMs) return;
    const asked = { handledMs: this.#seenMs, nowMs, beganMs: this.#beganMs };
    const due = dueTimes(times, asked, missed);
    if (due.hasSkipped) this.#host.tell({ kind: 'missed', since: this.#seenMs });
    this.#enqueue(due);
    this.#seenMs = nowMs;
    this.#keep();
  }

  #enqueue({ missed, onTime }: DueTimes): void {
    for (const at of missed) this.#queue.push({ at, isMissed: true, isTold: false });
    for (const at of onTime) this.#queue.push({ at, isMissed: false, isTold: false });
    while (this.#queue.length > LONGEST_QUEUE) {
      const dropped = this.#queue.shift();
      if (dropped === undefined) break;
      this.#host.tell({ kind: 'skipped', at: dropped.at, because: 'too-many' });
    }
  }

  async #startQueued(): Promise<void> {
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      if (this.#isStopped || this.#started === this.#options.count) return;
      const isBusy = this.#running.size > 0 || (await this.#host.isExecuting());
      const step = isBusy ? await this.#overlap(first) : 'start';
      if (step === 'wait') return;
      // Still on record as not handled: a kill before the start leaves it due.
      if (step === 'start') await this.#start(first.at);
      this.#queue.shift();
      this.#keep();
    }
  }

  /** Missed times are made up for one after the other. */
  async #overlap(waiting: Waiting): Promise<'start' | 'wait' | 'drop'> {
    const { overlap } = this.#options;
    if (waiting.isMissed || overlap === 'queue') return this.#hold(waiting, 'queued');
    switch (overlap) {
      case 'allow':
        return 'start';
      case 'skip':
        this.#host.tell({ kind: 'skipped', at: waiting.at, because: 'overlap' });
        return 'drop';
      case 'cancel-previous':
        if (waiting.isTold) return 'wait';
        this.#hold(waiting, 'cancelling');
        this.stopRuns();
        await this.#host.stopExecuting();
        return 'wait';
    }
  }

  #hold(waiting: Waiting, kind: 'queued' | 'cancelling'): 'wait' {
    if (!waiting.isTold) this.#host.tell({ kind, at: waiting.at });
    waiting.isTold = true;
    return 'wait';
  }

  async #start(at: number): Promise<void> {
    const started = await this.#host.start(at);
    this.#host.tell({ kind: started === undefined ? 'there-already' : 'started', at });
    if (started === undefined) return;
    this.#started++;
    this.#running.set(started, at);
    const ended = (code: number | null): void => {
      this.#running.delete(started);
      this.#host.tell({ kind: 'ended', at, code });
      this.#wake?.();
    };
    started.ended.then(ended, () => ended(null));
  }

  /** What waits in the queue is not handled yet. */
  #keep(): void {
    const first = this.#queue[0];
    this.#host.keepHandled(first === undefined ? this.#seenMs : first.at - 1);
  }

  #wait(): Promise<void> {
    const { clock, times } = this.#options;
    const nextMs = (times.next(this.#seenMs) ?? Number.POSITIVE_INFINITY) - clock.now();
    const waitMs = this.#queue.length > 0 ? BUSY_WAIT_MS : Math.min(nextMs, LONGEST_WAIT_MS);
    return new Promise((resolve) => {
      const cancelTimer = clock.setTimer(Math.max(0, waitMs), () => this.#wake?.());
      this.#wake = () => {
        this.#wake = undefined;
        cancelTimer();
        resolve();
      };
    });
  }
}
