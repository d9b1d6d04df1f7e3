import { type AttemptOutcome, askedWaitMs, mayRetry } from '../attempt/index.ts';
import { unreachable } from '../base/invariant.ts';
import type { StageRecord } from '../checkpoint/index.ts';
import { retryDelayMs } from '../definition/retry-policy.ts';
import type { CancelMode, FailureRecord } from '../events/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import { UndoOrder } from '../run/index.ts';
import type { RunningAttempt } from '../runner/index.ts';
import { redactOutcome } from './redact-outcome.ts';
import { RetryWaits } from './retry-waits.ts';
import { stageAt } from './stage-at.ts';
import { undoRequest } from './undo-request.ts';
import type { UndoSite } from './undo-site.ts';
import { undoneAttempt, undoneRecord } from './undone-record.ts';

/** What the undos ask of their session. */
export interface UndoHost {
  /** It is on record that the stage was undone. */
  readonly undone: (index: number, record: StageRecord) => void;
  readonly failed: (index: number, failure: FailureRecord) => void;
  /** True once the run cannot be recorded any more; the outcome is dropped. */
  readonly reportIfBroken: () => boolean;
  /** Something failed that is no failure of a stage. */
  readonly breakOff: (error: unknown) => void;
  /** Nothing is left, or the undos were cancelled; all of it is on record. */
  readonly ended: () => void;
}

/** One undo of a stage, over all of its tries. */
interface Undo {
  readonly stage: BoundStage;
  readonly record: StageRecord;
  readonly beganMs: number;
  tries: number;
}

/**
 * Undoes stages, each after all that rest on it, several at a time. What is undone is on record before anything
 * that it rests on begins; one that cannot be undone does not hold the others up.
 */
export class StageUndos {
  readonly #site: UndoSite;
  readonly #host: UndoHost;
  readonly #order: UndoOrder;
  readonly #retries: RetryWaits;
  readonly #waiting = new Map<number, Undo>();
  readonly #running = new Map<Undo, RunningAttempt>();
  /** Begun and not on record. */
  #open = 0;
  #active = 0;
  #cancelled: CancelMode | undefined;
  #ended = false;

  constructor(site: UndoSite, host: UndoHost) {
    this.#site = site;
    this.#host = host;
    this.#order = new UndoOrder(site.session.pipeline.graph, new Set(site.targets.keys()));
    this.#retries = new RetryWaits(site.session.clock, (index) => this.#tryAgain(index));
  }

  /** Those that use a slot now. */
  get active(): number {
    return this.#active;
  }

  begin(): void {
    this.#pump();
  }

  /** `drain`: what is being undone goes on, nothing else is begun. `kill`: it is aborted, too. */
  cancel(mode: CancelMode): void {
    if (this.#cancelled !== 'kill') this.#cancelled = mode;
    this.#retries.stop();
    this.#open -= this.#waiting.size;
    this.#waiting.clear();
    if (mode === 'kill') for (const running of [...this.#running.values()]) running.cancel();
    this.#pump();
  }

  #pump(): void {
    while (this.#cancelled === undefined && this.#open < this.#site.concurrency) {
      const index = this.#order.takeReady();
      if (index === undefined) break;
      this.#begin(index);
    }
    if (this.#open > 0 || this.#ended) return;
    this.#ended = true;
    this.#host.ended();
  }

  #begin(index: number): void {
    const { session, targets } = this.#site;
    const record = targets.get(index);
    if (record === undefined) return;
    this.#open++;
    const stage = stageAt(session.pipeline, index);
    this.#try({ stage, record, beganMs: session.clock.monotonic(), tries: 0 });
  }

  #tryAgain(index: number): void {
    const undo = this.#waiting.get(index);
    this.#waiting.delete(index);
    if (undo !== undefined) this.#try(undo);
  }

  #try(undo: Undo): void {
    undo.tries++;
    this.#active++;
    this.#start(undo).catch((error: unknown) => {
      this.#active--;
      this.#host.breakOff(error);
    });
  }

  async #start(undo: Undo): Promise<void> {
    const request = await undoRequest(this.#site, undo.stage, undo.record);
    if (!request.ok) return this.#settle(undo, { kind: 'failed', failure: request.problem });
    let isSettled = false;
    const running = this.#site.session.runner.start(request.value, (outcome) => {
      isSettled = true;
      this.#running.delete(undo);
      this.#settle(undo, outcome);
    });
    if (isSettled) return;
    this.#running.set(undo, running);
    // It was cancelled while what it needs was read.
    if (this.#cancelled === 'kill') running.cancel();
  }

  #settle(undo: Undo, given: AttemptOutcome): void {
    this.#active--;
    if (this.#host.reportIfBroken()) return;
    const { redact, logger } = this.#site.session;
    const outcome = redactOutcome(given, redact);
    const { id: stage, options, blueprint } = undo.stage;
    if (outcome.teardownFailure !== undefined) {
      logger.warn(outcome.teardownFailure.message, { stage, attempt: undo.record.attempt });
    }
    switch (outcome.kind) {
      case 'succeeded':
        return this.#undone(undo);
      case 'failed': {
        const rules = { policy: options.retry, spec: blueprint.spec };
        const mayTry = this.#cancelled === undefined;
        if (mayTry && mayRetry(rules, outcome.failure, undo.tries)) {
          return this.#waitForRetry(undo, outcome.failure);
        }
        return this.#failed(undo, outcome.failure);
      }
      case 'cancelled':
        return this.#failed(undo, outcome.failure);
      default:
        return unreachable(outcome, 'unknown kind of outcome');
    }
  }

  #waitForRetry(undo: Undo, failure: FailureRecord): void {
    const { random, logger } = this.#site.session;
    const { stage, record, tries } = undo;
    const asked = { failedAttempts: tries, retryAfterMs: askedWaitMs(failure) };
    logger.warn(failure.message, { stage: stage.id, attempt: record.attempt });
    this.#waiting.set(stage.index, undo);
    this.#retries.add(stage.index, retryDelayMs(stage.options.retry, asked, random));
  }

  #undone(undo: Undo): void {
    const { session, commits } = this.#site;
    const { stage, record } = undo;
    const at = session.clock.now();
    const durationMs = session.clock.monotonic() - undo.beganMs;
    const cancelled = undoneRecord(record, { fence: session.lease.fence, at });
    const event = { type: 'stage.undone', at, durationMs } as const;
    commits.add(
      {
        stage: cancelled,
        attempt: undoneAttempt(record),
        event: { ...event, stage: stage.id, attempt: record.attempt },
        written: () => {
          this.#host.undone(stage.index, cancelled);
          this.#close(stage.index);
        },
      },
      false,
    );
  }

  #failed(undo: Undo, failure: FailureRecord): void {
    const { session, commits } = this.#site;
    const { stage, record, beganMs } = undo;
    const durationMs = session.clock.monotonic() - beganMs;
    commits.add(
      {
        event: {
          type: 'stage.undo-failed',
          at: session.clock.now(),
          stage: stage.id,
          attempt: record.attempt,
          durationMs,
          failure,
        },
        written: () => {
          this.#host.failed(stage.index, failure);
          this.#close(stage.index);
        },
      },
      false,
    );
  }

  #close(index: number): void {
    this.#open--;
    this.#order.settle(index);
    this.#pump();
  }
}
