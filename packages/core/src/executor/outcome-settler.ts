import { type AttemptOutcome, askedWaitMs, mayRetry } from '../attempt/index.ts';
import { problem } from '../base/result.ts';
import { retryDelayMs } from '../definition/retry-policy.ts';
import type { FailureRecord } from '../events/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { RunState } from '../run/index.ts';
import type { BasisRecorder } from './basis-recorder.ts';
import { cacheKeyOf } from './cached-outcomes.ts';
import { substituteFault } from './check-substitute.ts';
import type { CommitQueue } from './commit-queue.ts';
import { concealReads } from './conceal-reads.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import { redactFailure, redactOutcome } from './redact-outcome.ts';
import type { SessionParts } from './session-parts.ts';
import type { StageOutcomes } from './stage-outcomes.ts';
import type { StageViews } from './stage-views.ts';
import { fallbackWrites, type StageWrites, toWrites } from './to-writes.ts';

/** What the settler asks of the session. */
export interface SettlerHost {
  /** False once the run stops: nothing is tried again. */
  readonly isOpen: () => boolean;
  /** False once running stages are aborted: no fallback stage is started. */
  readonly mayStandIn: () => boolean;
  /** More outcomes are likely soon, so that a commit may wait for them. */
  readonly moreToCome: () => boolean;
  /** Runs the fallback stage in place of a failed one. */
  readonly standIn: (launched: LaunchedAttempt) => void;
  readonly waitForRetry: (index: number, delayMs: number) => void;
  readonly failedForGood: (launched: LaunchedAttempt, isFatal: boolean) => void;
  /** The failure is recorded; its dependants can never start. */
  readonly skipBlocked: (launched: LaunchedAttempt) => void;
}

interface SettlerParts {
  readonly session: SessionParts;
  readonly state: RunState;
  readonly views: StageViews;
  readonly outcomes: StageOutcomes;
  readonly commits: CommitQueue;
  readonly basis: BasisRecorder;
  readonly host: SettlerHost;
}

type Succeeded = Extract<AttemptOutcome, { readonly kind: 'succeeded' }>;

/** Turns the outcome of an attempt into what is committed, and what follows once it is. */
export class OutcomeSettler {
  readonly #parts: SettlerParts;

  constructor(parts: SettlerParts) {
    this.#parts = parts;
  }

  settle(started: LaunchedAttempt, given: AttemptOutcome): void {
    const outcome = redactOutcome(given, this.#parts.session.redact);
    const items = outcome.kind === 'cancelled' ? undefined : outcome.items;
    const launched = items === undefined ? started : { ...started, items };
    if (outcome.teardownFailure !== undefined) {
      const { stage, attempt } = launched;
      this.#parts.session.logger.warn(outcome.teardownFailure.message, {
        stage: stage.id,
        attempt,
      });
    }
    switch (outcome.kind) {
      case 'succeeded':
        return this.#returned(launched, outcome);
      case 'failed':
        return this.#failed(launched, outcome.failure);
      case 'cancelled':
        return this.#cancelled(launched, outcome.failure);
    }
  }

  #returned(launched: LaunchedAttempt, outcome: Succeeded): void {
    const { views, session } = this.#parts;
    const { stage, standsInFor } = launched;
    const fault = standsInFor && substituteFault(stage, outcome.outputs);
    const writes =
      fault === undefined
        ? toWrites(views, stage, outcome, session.holdsSecret)
        : problem<FailureRecord>(fault);
    // Its message names keys, which come from the stage.
    if (!writes.ok) return this.#failed(launched, redactFailure(writes.problem, session.redact));
    if (standsInFor === undefined) return this.#succeeded(launched, writes.value, outcome);
    this.#failedForGood(launched, standsInFor, writes.value);
  }

  #succeeded(
    launched: LaunchedAttempt,
    writes: StageWrites,
    { reads, teardownFailure }: Succeeded,
  ): void {
    const { session, outcomes, state, commits, host, basis } = this.#parts;
    const { index, stage, attempt } = launched;
    const durationMs = this.#elapsedMs(launched);
    const seen = concealReads(reads, session.holdsSecret);
    const told = basis.record(stage, launched.basis, seen);
    const record = outcomes.ended(launched, {
      status: 'succeeded',
      durationMs,
      writes: writes.records,
      basis: told.basis,
      // What is not whole is for nobody else.
      cacheKey: hasFailedItems(launched)
        ? undefined
        : cacheKeyOf(session.pipeline, stage, told.basis.inputs),
    });
    launched.note.supersedeAttempt();
    commits.add(
      {
        values: told.values.length === 0 ? writes.values : [...told.values, ...writes.values],
        attempt: outcomes.attempt(launched, 'succeeded', teardownFailure),
        stage: record,
        event: {
          type: 'stage.succeeded',
          at: record.finishedAt,
          stage: stage.id,
          attempt,
          durationMs,
          ...itemsOf(launched),
          ...(teardownFailure === undefined ? {} : { teardownFailure }),
        },
        apply: () => {
          outcomes.set(index, record);
          session.layers.add(index, writes.cells);
          state.succeed(index);
        },
      },
      host.moreToCome(),
    );
  }

  #failed(launched: LaunchedAttempt, failure: FailureRecord): void {
    const { outcomes, views, host } = this.#parts;
    const { index, stage, standsInFor } = launched;
    if (standsInFor !== undefined) {
      const message = `${standsInFor.message}; its fallback failed too: ${failure.message}`;
      return this.#failedForGood(launched, { ...standsInFor, message }, undefined);
    }
    const tries = outcomes.triesOf(index);
    if (host.isOpen() && this.#mayRetry(stage, failure, tries))
      return this.#retry(launched, failure, tries);
    const { fallback } = stage;
    if (fallback === undefined) return this.#failedForGood(launched, failure, undefined);
    if (fallback.kind === 'stage') {
      if (!host.mayStandIn()) return this.#failedForGood(launched, failure, undefined);
      return host.standIn({ ...launched, standsInFor: failure });
    }
    const { holdsSecret } = this.#parts.session;
    const writes = fallbackWrites(views, stage, fallback.outputs, holdsSecret);
    return writes.ok
      ? this.#failedForGood(launched, failure, writes.value)
      : this.#failedForGood(launched, writes.problem, undefined);
  }

  #retry(launched: LaunchedAttempt, failure: FailureRecord, tries: number): void {
    const { session, state, outcomes, commits, host } = this.#parts;
    const { index, stage, attempt } = launched;
    const delayMs = retryDelayMs(
      stage.options.retry,
      { failedAttempts: tries, retryAfterMs: askedWaitMs(failure) },
      session.random,
    );
    state.retry(index);
    launched.note.supersedeAttempt();
    commits.note({
      attempt: outcomes.attempt(launched, 'failed', failure),
      event: {
        type: 'stage.retrying',
        at: session.clock.now(),
        stage: stage.id,
        attempt,
        failure,
        delayMs,
        durationMs: this.#elapsedMs(launched),
      },
    });
    host.waitForRetry(index, delayMs);
  }

  /** @param writes of the fallback, when there is one and it worked */
  #failedForGood(
    launched: LaunchedAttempt,
    failure: FailureRecord,
    writes: StageWrites | undefined,
  ): void {
    const { session, outcomes, state, commits, host } = this.#parts;
    const { index, stage, attempt } = launched;
    const durationMs = this.#elapsedMs(launched);
    const fallback = writes !== undefined;
    const { critical } = stage.options;
    const records = writes?.records ?? [];
    const record = outcomes.ended(launched, {
      status: 'failed',
      durationMs,
      writes: records,
      fallback,
      failure,
    });
    host.failedForGood(launched, critical && !fallback);
    launched.note.supersedeAttempt();
    commits.add(
      {
        values: writes?.values ?? [],
        attempt: outcomes.attempt(launched, 'failed', failure),
        stage: record,
        event: {
          type: 'stage.failed',
          at: record.finishedAt,
          stage: stage.id,
          attempt,
          durationMs,
          failure,
          ...itemsOf(launched),
          critical,
          fallback,
        },
        apply: () => {
          outcomes.set(index, record);
          if (writes !== undefined) session.layers.add(index, writes.cells);
          state.fail(index, fallback);
          if (!fallback) host.skipBlocked(launched);
        },
      },
      host.moreToCome(),
    );
  }

  #cancelled(launched: LaunchedAttempt, failure: FailureRecord): void {
    const { outcomes, state, commits, host } = this.#parts;
    const { index, stage, attempt } = launched;
    const durationMs = this.#elapsedMs(launched);
    const record = outcomes.ended(launched, { status: 'cancelled', durationMs, failure });
    launched.note.supersedeAttempt();
    commits.add(
      {
        attempt: outcomes.attempt(launched, 'cancelled', failure),
        stage: record,
        event: {
          type: 'stage.cancelled',
          at: record.finishedAt,
          stage: stage.id,
          attempt,
          durationMs,
        },
        apply: () => {
          outcomes.set(index, record);
          state.cancel(index);
        },
      },
      host.moreToCome(),
    );
  }

  #mayRetry({ options, blueprint }: BoundStage, failure: FailureRecord, tries: number): boolean {
    return mayRetry({ policy: options.retry, spec: blueprint.spec }, failure, tries);
  }

  #elapsedMs(launched: LaunchedAttempt): number {
    return this.#parts.session.clock.monotonic() - launched.startedMs;
  }
}

function itemsOf({ items }: LaunchedAttempt): Pick<LaunchedAttempt, 'items'> {
  return items === undefined ? {} : { items };
}

function hasFailedItems({ items }: LaunchedAttempt): boolean {
  return items !== undefined && items.failed > 0;
}
