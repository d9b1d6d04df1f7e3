import type { AttemptOutcome } from '../attempt/index.ts';
import { invariant, unreachable } from '../base/invariant.ts';
import { TurnGuard } from '../base/turn-guard.ts';
import type { CancelMode } from '../events/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import { applyPlan, noteBeginning } from './begin-session.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import type { StageTurn } from './limited-stages.ts';
import { RetryWaits } from './retry-waits.ts';
import { SessionCloser } from './session-closer.ts';
import { type SessionHost, type SessionKit, sessionKit } from './session-kit.ts';
import type { SessionParts } from './session-parts.ts';
import { stageAt } from './stage-at.ts';
import type { Admission } from './stage-gate.ts';
import { isToBeUndone, UndoAtEnd } from './undo-at-end.ts';
import type { StopReason } from './unstarted-stages.ts';

/** Whether new stages are started, and if not, why. `released`: all that is left waits for the world outside. */
type Stopping =
  | { readonly kind: 'no' }
  | { readonly kind: 'released'; readonly waiting: number }
  | StopReason;

/** A run is not released for what is over by itself sooner. */
const RELEASED_FOR_MS = 60_000;

/**
 * Drives one session of a run and owns its state: starts what is ready while a slot is free, and ends
 * when nothing is left to wait for. Every method is synchronous; what takes time calls back.
 */
export class RunSession {
  readonly #parts: SessionParts;
  readonly #kit: SessionKit;
  readonly #closer: SessionCloser;
  readonly #retries: RetryWaits;
  readonly #turn: TurnGuard;
  /** Stages of which it is being decided whether they run; each holds a slot. */
  #deciding = 0;
  #stopping: Stopping = { kind: 'no' };
  #begun = false;
  /** Set once the stages have ended, where what they did is taken back. */
  #undo: UndoAtEnd | undefined;
  /** Asked for before the run began. */
  #earlyCancel: CancelMode | undefined;
  #pumping = false;
  #ended = false;
  #broken: { readonly error: unknown } | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#turn = new TurnGuard(() => this.#pump(), parts.clock);
    this.#kit = sessionKit(parts, this.#host());
    this.#closer = new SessionCloser(parts, this.#kit);
    this.#retries = new RetryWaits(parts.clock, (index) => {
      this.#kit.state.unblock(index);
      this.#pump();
    });
    parts.heart.attend((error) => this.#breakOff(error));
  }

  #host(): SessionHost {
    return {
      committed: () => this.#pump(),
      failed: (error) => this.#breakOff(error),
      waits: {
        pause: (launched) => this.#kit.attempts.pause(launched),
        wake: (launched, goOn) => this.#kit.attempts.wake(launched, goOn),
      },
      attempts: {
        isOpen: () => this.#stopping.kind === 'no',
        hasEnded: () => this.#ended,
        reportIfBroken: () => this.#reportIfBroken(),
        settle: (launched, outcome) => this.#settle(launched, outcome),
        pump: () => this.#pump(),
      },
      settler: {
        isOpen: () => this.#stopping.kind === 'no',
        mayStandIn: () => !this.#kit.attempts.isKilling,
        moreToCome: () => this.#working > 0 || this.#kit.state.hasReady,
        // What stands in for it uses none of its limits.
        standIn: (launched) => this.#kit.attempts.execute({ ...launched, slots: undefined }),
        waitForRetry: (index, delayMs) => this.#retries.add(index, delayMs),
        failedForGood: ({ stage }, isFatal) => isFatal && this.#stopAfterFailure(stage),
        skipBlocked: ({ stage }) => this.#kit.unstarted.skipBlocked(stage),
      },
    };
  }

  /** All that is under way, what waits for the world outside included. */
  get #active(): number {
    return this.#kit.attempts.active + this.#deciding + (this.#undo?.active ?? 0);
  }

  /** What holds a slot. */
  get #working(): number {
    return this.#active - this.#kit.attempts.paused;
  }

  begin(): void {
    noteBeginning(this.#parts, this.#kit);
    this.#pumping = true;
    applyPlan(this.#parts, this.#kit);
    this.#pumping = false;
    this.#begun = true;
    if (this.#earlyCancel === undefined) this.#pump();
    else this.cancel(this.#earlyCancel);
  }

  cancel(mode: CancelMode): void {
    if (!this.#begun) {
      // The first event of a run tells of its start; a kill stays one.
      if (this.#earlyCancel !== 'kill') this.#earlyCancel = mode;
      return;
    }
    if (this.#ended || this.#stopping.kind === 'released') return;
    const at = this.#parts.clock.now();
    this.#kit.commits.note({ event: { type: 'run.cancelling', at, mode, running: this.#active } });
    // How the run ends is settled by then.
    if (this.#undo !== undefined) return this.#undo.cancel(mode);
    this.#stopping = { kind: 'cancelled' };
    this.#stopWaiting();
    if (mode === 'kill') this.#kit.attempts.cancelAll();
    else this.#kit.attempts.drain();
    this.#pump();
  }

  /** Starts what may start, and ends the run when nothing is left to wait for. */
  #pump(): void {
    if (this.#pumping || this.#ended || !this.#begun) return;
    this.#pumping = true;
    for (;;) {
      while (this.#kit.attempts.hasWaking && this.#hasSlot) this.#kit.attempts.wakeNext();
      if (!this.#mayLaunch() || this.#turn.isOver()) break;
      // Who waited for a limit goes before those who are ready since.
      const turn = this.#kit.limited.next();
      if (turn !== undefined) {
        this.#take(turn);
        continue;
      }
      if (this.#kit.attempts.hasWaking) continue;
      const index = this.#kit.state.takeReady();
      if (index === undefined) break;
      this.#admit(index);
    }
    this.#pumping = false;
    // Nothing else can come in before this group is written, so it need not wait for more.
    if (this.#working === 0 && !this.#turn.isPending) this.#kit.commits.flush();
    this.#endIfDone();
  }

  /** Asked anew for each stage: starting one may end, stop or break the run. */
  #mayLaunch(): boolean {
    if (this.#ended || this.#stopping.kind !== 'no') return false;
    return this.#hasSlot;
  }

  get #hasSlot(): boolean {
    return this.#working < this.#parts.options.concurrency;
  }

  #admit(index: number): void {
    const stage = stageAt(this.#parts.pipeline, index);
    const admission = this.#kit.gate.admit(stage, this.#kit.outcomes.triesOf(index) > 0);
    if (!(admission instanceof Promise)) return this.#enter(stage, admission);
    // It holds a slot: what is decided may start at once.
    this.#deciding++;
    admission
      .then((decided) => {
        this.#deciding--;
        if (this.#reportIfBroken()) return;
        // A skip takes others along, and the run goes on only after the last of them.
        this.#pumping = true;
        // What was stopped meanwhile is closed with the rest of the run.
        if (this.#stopping.kind === 'no') this.#enter(stage, decided);
        this.#pumping = false;
        this.#pump();
      })
      .catch((error: unknown) => this.#breakOff(error));
  }

  #enter(stage: BoundStage, admission: Admission): void {
    switch (admission.kind) {
      case 'run':
        return this.#take(this.#kit.limited.enter(stage, admission));
      case 'keep':
        return this.#kit.admissions.keep(stage, admission);
      case 'take-over':
        return this.#kit.admissions.takeOver(stage, admission.outcome, {
          ...admission,
          isPlanned: false,
        });
      case 'skip':
        return this.#kit.unstarted.skipUnmet(stage.index, admission.reason);
      default:
        return unreachable(admission, 'unknown kind of admission');
    }
  }

  /** @param turn undefined: it waits for a limit */
  #take(turn: StageTurn | undefined): void {
    if (turn === undefined) return;
    this.#kit.state.start(turn.stage.index);
    this.#kit.attempts.launch(turn);
  }

  #settle(launched: LaunchedAttempt, outcome: AttemptOutcome): void {
    if (this.#stopping.kind !== 'released') return this.#kit.settler.settle(launched, outcome);
    launched.note.supersedeAttempt();
    this.#kit.commits.note({ attempt: this.#kit.outcomes.attempt(launched, 'cancelled') });
  }

  #stopAfterFailure(stage: BoundStage): void {
    const mode = this.#parts.options.failureMode;
    if (mode === 'continue' || this.#stopping.kind !== 'no') return;
    this.#stopping = { kind: 'failed', stage: stage.id };
    this.#stopWaiting();
    if (mode === 'kill') this.#kit.attempts.cancelAll();
    else this.#kit.attempts.cancelPaused();
  }

  /** Nothing is left to do but to wait, and the process is not to stay for that. */
  #mayRelease(): boolean {
    if (!this.#parts.options.detachWaits || this.#stopping.kind !== 'no') return false;
    const isWaiting = this.#kit.attempts.paused > 0 && !this.#kit.attempts.hasWaking;
    const isBusy =
      this.#working + this.#retries.size + this.#kit.limited.waiting > 0 || this.#turn.isPending;
    if (!isWaiting || isBusy || this.#kit.state.hasReady || !this.#kit.commits.idle) return false;
    return !this.#kit.stageWaits.endsWithin(RELEASED_FOR_MS);
  }

  /** The waits stay on record, and their stages without an outcome: a resume begins them again. */
  #stopToWait(): void {
    this.#stopping = { kind: 'released', waiting: this.#kit.attempts.paused };
    this.#kit.attempts.cancelPaused();
  }

  /** Gives up what waits for its time, or for its limits. */
  #stopWaiting(): void {
    this.#retries.stop();
    this.#kit.limited.stop();
  }

  #endIfDone(): void {
    if (!this.#ended && this.#mayRelease()) return this.#stopToWait();
    const isWaiting = this.#retries.size + this.#kit.limited.waiting > 0;
    const isBusy = this.#active > 0 || isWaiting || this.#turn.isPending;
    if (this.#ended || isBusy || !this.#kit.commits.idle) return;
    if (this.#stopping.kind === 'released') {
      this.#ended = true;
      return this.#closer.release(this.#stopping.waiting);
    }
    if (this.#kit.state.ended) return this.#undoOrFinish();
    invariant(this.#stopping.kind !== 'no', 'the run has nothing to do and has not ended');
    // A store that answers at once calls back for each record; the run goes on only after the last.
    this.#pumping = true;
    this.#kit.unstarted.closeAll(this.#stopping);
    this.#pumping = false;
    this.#kit.commits.flush();
    this.#endIfDone();
  }

  #undoOrFinish(): void {
    // It comes back once the undo is over.
    if (this.#undo !== undefined) return;
    const status = this.#closer.status(this.#stopping.kind === 'cancelled');
    if (!isToBeUndone(this.#parts, status)) return this.#finish(status);
    this.#undo = new UndoAtEnd(this.#parts, this.#kit, {
      reportIfBroken: () => this.#reportIfBroken(),
      breakOff: (error) => this.#breakOff(error),
      ended: () => this.#finish(status),
    });
    this.#undo.begin(status);
  }

  #finish(status: Parameters<SessionCloser['finish']>[0]): void {
    if (this.#reportIfBroken()) return;
    this.#ended = true;
    this.#closer.finish(status);
  }

  /** The run cannot be recorded any more: stops its stages, waits for their teardown, and reports. */
  #breakOff(error: unknown): void {
    if (this.#broken !== undefined) return;
    this.#ended = true;
    this.#broken = { error };
    this.#parts.heart.stop();
    this.#turn.stop();
    this.#stopWaiting();
    this.#kit.attempts.cancelAll();
    this.#undo?.cancel('kill');
    this.#kit.limitedItems.stop();
    this.#reportIfBroken();
  }

  /** Once the last of its stages is torn down. */
  #reportIfBroken(): boolean {
    if (this.#broken === undefined) return false;
    if (this.#active === 0) this.#parts.brokenOff(this.#broken.error);
    return true;
  }
}
