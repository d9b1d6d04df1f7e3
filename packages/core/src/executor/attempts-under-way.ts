import { type AttemptOutcome, callResultOf } from '../attempt/index.ts';
import type { CallResult } from '../limits/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { RunningAttempt } from '../runner/index.ts';
import type { BasisReader } from './basis-reader.ts';
import type { CommitQueue } from './commit-queue.ts';
import { launchAttempt } from './launch-attempt.ts';
import type { LaunchSite } from './launch-site.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import type { LimitedItems } from './limited-items.ts';
import type { LimitedStages, StageTurn } from './limited-stages.ts';
import { PausedAttempts } from './paused-attempts.ts';
import { QuickStages } from './quick-stages.ts';
import type { SessionParts } from './session-parts.ts';
import type { StageOutcomes } from './stage-outcomes.ts';
import type { StageViews } from './stage-views.ts';
import type { StageWaits } from './stage-waits.ts';

/** What the attempts ask of their session. */
export interface AttemptsHost {
  /** New stages are started. */
  readonly isOpen: () => boolean;
  readonly hasEnded: () => boolean;
  /** True once the run cannot be recorded any more; the outcome is dropped. */
  readonly reportIfBroken: () => boolean;
  readonly settle: (launched: LaunchedAttempt, outcome: AttemptOutcome) => void;
  /** A slot is free, or somebody waits for one. */
  readonly pump: () => void;
}

interface AttemptsUnderWayParts {
  readonly session: SessionParts;
  readonly views: StageViews;
  readonly outcomes: StageOutcomes;
  readonly commits: CommitQueue;
  readonly reader: BasisReader;
  readonly waits: StageWaits;
  readonly limited: LimitedStages;
  readonly items: LimitedItems;
  readonly host: AttemptsHost;
}

/** The attempts of a session from their start to their outcome, also those that wait for the world outside. */
export class AttemptsUnderWay {
  readonly #parts: AttemptsUnderWayParts;
  readonly #site: LaunchSite;
  readonly #running = new Map<LaunchedAttempt, RunningAttempt>();
  readonly #paused = new PausedAttempts();
  readonly #quick = new QuickStages();
  #active = 0;
  /** They are to be aborted, those too that are being started this moment. */
  #killing = false;

  constructor(parts: AttemptsUnderWayParts) {
    this.#parts = parts;
    this.#site = { ...parts, parts: parts.session };
  }

  get active(): number {
    return this.#active;
  }

  /** How many wait for the world outside, and hold no slot. */
  get paused(): number {
    return this.#paused.size;
  }

  /** One of those has what it waited for, and has no slot yet. */
  get hasWaking(): boolean {
    return this.#paused.hasWaking;
  }

  get isKilling(): boolean {
    return this.#killing;
  }

  wakeNext(): void {
    this.#paused.wakeNext();
  }

  launch({ stage, admission, slots }: StageTurn): void {
    const { basis, reason, failure } = admission;
    const { index } = stage;
    const { session, outcomes, commits, host } = this.#parts;
    const { clock, lease, redact } = session;
    const attempt = outcomes.nextAttempt(index);
    const startedAt = clock.now();
    const note = commits.note({
      attempt: { stage: stage.id, attempt, fence: lease.fence, status: 'running', startedAt },
      event: {
        type: 'stage.started',
        at: startedAt,
        stage: stage.id,
        attempt,
        // A param may have been written out before it became a secret.
        ...(reason === undefined ? {} : { reason: redact(reason) }),
      },
    });
    const startedMs = clock.monotonic();
    const launched = { index, stage, attempt, startedAt, startedMs, basis, note, slots };
    if (failure === undefined) return this.#executeOnRecord(launched);
    host.settle(launched, { kind: 'failed', failure });
  }

  /** What may hold the process is on record and announced first, since nothing can be written meanwhile. */
  #executeOnRecord(launched: LaunchedAttempt): void {
    const { blueprint, id } = launched.stage;
    const { session, commits, host } = this.#parts;
    const isSlow = this.#quick.isSlow(blueprint, session.plan.durations.get(id));
    // Outcomes that wait for their group are not hurried for a stage of which nothing is known.
    const isWrittenFirst = isSlow ?? !commits.hasOutcomes;
    if (isWrittenFirst) commits.flush();
    if (host.hasEnded()) return launched.slots?.leave('other');
    const beganMs = session.clock.monotonic();
    this.execute(launched);
    this.#quick.saw(blueprint, session.clock.monotonic() - beganMs);
  }

  execute(launched: LaunchedAttempt): void {
    const { limited, host } = this.#parts;
    this.#active++;
    let settled = false;
    const running = launchAttempt(this.#site, launched, (outcome) => {
      settled = true;
      this.#active--;
      this.#running.delete(launched);
      this.#paused.forget(launched);
      limited.forget(launched);
      if (host.reportIfBroken()) return launched.slots?.leave('other');
      host.settle(launched, outcome);
      // Only now: what starts in its place must find the run as the outcome left it.
      launched.slots?.leave(stageResult(launched.stage, outcome));
      host.pump();
    });
    if (settled) return;
    this.#running.set(launched, running);
    // The stage itself cancelled the run, or broke it, before its first await.
    if (this.#killing) running.cancel();
  }

  /** An attempt begins to wait; one of a run that stops is not waited for, since its answer may take days. */
  pause(launched: LaunchedAttempt): void {
    this.#paused.pause(launched);
    launched.slots?.leave('other');
    if (this.#parts.host.isOpen()) this.#parts.host.pump();
    else this.#running.get(launched)?.cancel();
  }

  /** An attempt that still waits for something else goes on without its limits. */
  wake(launched: LaunchedAttempt, goOn: () => void): void {
    const wake = (): void => {
      this.#paused.wake(launched, goOn);
      this.#parts.host.pump();
    };
    if (this.#paused.isLastWait(launched)) this.#parts.limited.goOn(launched, wake);
    else wake();
  }

  cancelPaused(): void {
    for (const launched of this.#paused.all()) this.#running.get(launched)?.cancel();
  }

  /** Nothing new is begun: who waits is cancelled, and mapped stages begin no more items. */
  drain(): void {
    for (const running of [...this.#running.values()]) running.stop?.();
    this.cancelPaused();
  }

  cancelAll(): void {
    this.#killing = true;
    for (const running of [...this.#running.values()]) running.cancel();
  }
}

/** What the outcome of an attempt says of the limits that it used. */
function stageResult({ blueprint, options }: BoundStage, outcome: AttemptOutcome): CallResult {
  if (outcome.kind === 'succeeded') return 'worked';
  if (outcome.kind === 'cancelled') return 'other';
  return callResultOf({ policy: options.retry, spec: blueprint.spec }, outcome.failure);
}
