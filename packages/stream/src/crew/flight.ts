import {
  askedWaitMs,
  conditionFailure,
  conditionHolds,
  type FailureRecord,
  mayRetry,
  retryDelayMs,
  threwFailure,
  timedOutFailure,
} from '@millrace/core';
import { isThenable } from '../base/is-thenable.ts';
import { checkInputs } from '../chain/check-inputs.ts';
import { checkOutputs } from '../chain/check-outputs.ts';
import type { Chain, Link, Written } from '../chain/link.ts';
import { LinkContext } from '../chain/link-context.ts';
import { type CallEnd, OpenCall } from '../chain/open-call.ts';
import { gatherInputs, type Values } from '../chain/read-values.ts';
import { StageCall } from '../chain/stage-call.ts';
import type { StageSite } from '../chain/stage-site.ts';
import { startWhole } from '../chain/whole-attempt.ts';
import { type MessageFailure, stageFailure } from '../message/message-failure.ts';
import type { Crew } from './crew.ts';
import type { StageInstance } from './stage-instance.ts';

/*
 *   WAITING ──► RUNNING ──► DONE      wrote its outputs, or something stood in for it
 *      │  └────────┴──────► FAILED    for good; what needs it is skipped
 *      └──────────────────► SKIPPED   by its condition, or with one that it needs
 *
 * A stage that answers at once goes from WAITING to its end without being RUNNING.
 */
const WAITING = 0;
const RUNNING = 1;
const DONE = 2;
const SKIPPED = 3;
const FAILED = 4;

interface FlightParts {
  readonly chain: Chain;
  readonly crew: Crew;
  readonly site: StageSite;
  readonly initial: Written;
  /** Names the work: the id of the message, or of a group. */
  readonly work: string;
}

const NONE: readonly string[] = [];

/** One way of a message, or of a group of them, through a chain. */
export class Flight implements Values {
  readonly written: (Written | undefined)[];
  readonly #parts: FlightParts;
  readonly #ended: (flight: Flight) => void;
  readonly #marks: number[];
  #running = 0;
  #isAdvancing = false;
  #isOver = false;
  #failure: MessageFailure | undefined;
  #cancelled: MessageFailure | undefined;
  #degraded: string[] | undefined;
  /** How to abort what runs; made with the first call that is not answered at once. */
  #aborts: Map<number, (failure: FailureRecord) => void> | undefined;

  /** @param ended called once, perhaps before `begin` returns */
  constructor(parts: FlightParts, ended: (flight: Flight) => void) {
    const { length } = parts.chain.links;
    this.#parts = parts;
    this.#ended = ended;
    this.written = new Array(length).fill(undefined);
    this.#marks = new Array(length).fill(WAITING);
  }

  get initial(): Written {
    return this.#parts.initial;
  }

  get chain(): Chain {
    return this.#parts.chain;
  }

  /** Of the critical stage that failed. */
  get failure(): MessageFailure | undefined {
    return this.#cancelled ?? this.#failure;
  }

  get isCancelled(): boolean {
    return this.#cancelled !== undefined;
  }

  /** Stages that failed without failing the message. */
  get degraded(): readonly string[] {
    return this.#degraded ?? NONE;
  }

  /** Stages that did not run: by their condition, or for want of one that they need. */
  get skipped(): readonly string[] {
    const { links } = this.#parts.chain;
    return links.filter(({ place }) => this.#marks[place] === SKIPPED).map(({ id }) => id);
  }

  begin(): void {
    this.#advance();
  }

  /** Nothing new begins; what runs is aborted, and left behind when its grace period is over. */
  cancel(failure: MessageFailure): void {
    if (this.#isOver || this.#cancelled !== undefined) return;
    this.#cancelled = failure;
    this.#abortAll(failure.message);
    this.#advance();
  }

  #abortAll(message: string): void {
    for (const abort of [...(this.#aborts?.values() ?? [])]) {
      abort({ reason: 'cancelled', code: 'STAGE_CANCELLED', phase: 'run', message });
    }
  }

  #advance(): void {
    if (this.#isAdvancing || this.#isOver) return;
    this.#isAdvancing = true;
    const { links } = this.#parts.chain;
    const marks = this.#marks;
    for (let place = 0; place < links.length; place++) {
      if (marks[place] !== WAITING || this.#isClosed) continue;
      const link = links[place];
      if (link !== undefined && this.#isReady(link)) this.#begin(link);
    }
    this.#isAdvancing = false;
    if (this.#running > 0) return;
    this.#isOver = true;
    this.#ended(this);
  }

  /** After a critical failure nothing new begins. */
  get #isClosed(): boolean {
    if (this.#cancelled !== undefined) return true;
    return this.#failure !== undefined && this.#parts.chain.failureMode !== 'continue';
  }

  #isReady({ place, needs, tolerates }: Link): boolean {
    for (let at = 0; at < needs.length; at++) {
      const mark = this.#marks[needs[at] ?? 0];
      if (mark === DONE || (mark === SKIPPED && tolerates[at] === true)) continue;
      if (mark === SKIPPED || mark === FAILED) this.#marks[place] = SKIPPED;
      return false;
    }
    return true;
  }

  #begin(link: Link): void {
    const { bound, id, place } = link;
    if (bound.when !== undefined) {
      try {
        if (!conditionHolds(bound, gatherInputs(link, this) ?? {})) {
          this.#marks[place] = SKIPPED;
          return;
        }
      } catch (error) {
        const failure = conditionFailure(id, bound.when.text, error);
        return this.#failedForGood(link, failure);
      }
    }
    this.#try(link, 1);
  }

  #try(link: Link, attempt: number): void {
    if (link.isWhole) return this.#tryWhole(link, attempt);
    const instance = this.#parts.crew[link.place]?.instance;
    if (instance === undefined) return;
    // Another try would find it as it is.
    const { setupFailure } = instance;
    if (setupFailure !== undefined) return this.#standIn(link, setupFailure);
    this.#call(link, instance, attempt, (failure) => this.#failed(link, failure, attempt));
  }

  #call(
    link: Link,
    instance: StageInstance,
    attempt: number,
    failed: (failure: FailureRecord) => void,
  ): void {
    const { site, work } = this.#parts;
    const { id, bound } = link;
    const checked = checkInputs(link, this);
    if (!checked.ok) return failed(checked.failure);
    const call = new StageCall({
      site,
      stageId: id,
      params: instance.params,
      inputs: checked.inputs,
      attempt,
      work,
      context: () => new LinkContext(link, this),
    });
    const { timeoutMs } = bound.options;
    const startedMs = timeoutMs === undefined ? 0 : site.clock.monotonic();
    let returned: unknown;
    try {
      returned = instance.run(call.handed);
    } catch (error) {
      return failed(threwFailure(id, 'run', error));
    }
    if (isThenable(returned)) {
      const ended = (end: CallEnd): void => this.#answered(link, end, failed);
      // A foreign thenable may call back twice or throw; a promise around it does neither.
      const promise = Promise.resolve(returned);
      const open = new OpenCall({ link, site, call, promise, startedMs, ended });
      return this.#wait(link, (failure) => open.abort(failure, 'AbortError'));
    }
    const isOverdue = timeoutMs !== undefined && site.clock.monotonic() - startedMs > timeoutMs;
    if (isOverdue) return failed(timedOutFailure(id, 'run', timeoutMs));
    this.#returned(link, returned, failed);
  }

  #answered(link: Link, end: CallEnd, failed: (failure: FailureRecord) => void): void {
    this.#aborts?.delete(link.place);
    if (this.#isOver) return;
    switch (end.kind) {
      case 'returned':
        return this.#returned(link, end.returned, failed);
      case 'threw':
        return failed(threwFailure(link.id, 'run', end.error));
      case 'aborted':
        return failed(end.failure);
    }
  }

  #returned(link: Link, returned: unknown, failed: (failure: FailureRecord) => void): void {
    const checked = checkOutputs(link, returned);
    if (!checked.ok) return failed(checked.failure);
    this.#wrote(link, checked.written);
  }

  #tryWhole(link: Link, attempt: number): void {
    const { site, work } = this.#parts;
    let isEnded = false;
    const running = startWhole({ link, values: this, site, attempt, work }, (end) => {
      isEnded = true;
      this.#aborts?.delete(link.place);
      if (this.#isOver) return;
      if (end.kind === 'wrote') this.#wrote(link, end.written);
      else this.#failed(link, end.failure, attempt);
    });
    if (!isEnded) this.#wait(link, () => running.cancel());
  }

  /** The answer comes later. */
  #wait({ place }: Link, abort: (failure: FailureRecord) => void): void {
    if (this.#marks[place] !== RUNNING) this.#running++;
    this.#marks[place] = RUNNING;
    this.#aborts ??= new Map();
    this.#aborts.set(place, abort);
  }

  #wrote(link: Link, written: Written): void {
    this.written[link.place] = written;
    if (!link.isStandIn) this.#parts.site.recovered(link.id);
    this.#settle(link, DONE);
  }

  #failed(link: Link, failure: FailureRecord, attempt: number): void {
    const { options, blueprint } = link.bound;
    const rules = { policy: options.retry, spec: blueprint.spec };
    if (this.#isClosed || !mayRetry(rules, failure, attempt)) return this.#standIn(link, failure);
    const { clock, random } = this.#parts.site;
    const failed = { failedAttempts: attempt, retryAfterMs: askedWaitMs(failure) };
    const cancelTimer = clock.setTimer(retryDelayMs(options.retry, failed, random), () => {
      this.#aborts?.delete(link.place);
      this.#try(link, attempt + 1);
    });
    this.#wait(link, () => {
      cancelTimer();
      this.#aborts?.delete(link.place);
      this.#failedForGood(link, failure);
    });
  }

  #standIn(link: Link, failure: FailureRecord): void {
    const { fallback } = link.bound;
    if (this.#cancelled !== undefined || fallback === undefined) {
      return this.#failedForGood(link, failure);
    }
    if (fallback.kind === 'value') return this.#stoodIn(link, failure, fallback.outputs);
    const standIn = this.#parts.crew[link.place]?.standIn;
    if (standIn === undefined || standIn.setupFailure !== undefined || link.standIn === undefined) {
      return this.#failedForGood(link, failure);
    }
    const bothFailed = (second: FailureRecord): void => {
      const message = `${failure.message}; its fallback failed too: ${second.message}`;
      this.#failedForGood(link, { ...failure, message });
    };
    this.#degrade(link, failure);
    this.#call(link.standIn, standIn, 1, bothFailed);
  }

  #stoodIn(link: Link, failure: FailureRecord, outputs: Written): void {
    this.#degrade(link, failure);
    const { renames } = link;
    this.written[link.place] =
      renames === undefined
        ? outputs
        : Object.freeze(
            Object.fromEntries(
              Object.entries(outputs).map(([name, value]) => [renames.get(name) ?? name, value]),
            ),
          );
    this.#settle(link, DONE);
  }

  #degrade({ id }: Link, failure: FailureRecord): void {
    this.#degraded ??= [];
    if (!this.#degraded.includes(id)) this.#degraded.push(id);
    this.#parts.site.failed(id, stageFailure(id, failure), true);
  }

  #failedForGood(link: Link, failure: FailureRecord): void {
    if (!link.bound.options.critical) this.#degrade(link, failure);
    else if (this.#failure === undefined) {
      this.#failure = stageFailure(link.id, failure);
      if (!this.isCancelled) this.#parts.site.failed(link.id, this.#failure, false);
      if (this.#parts.chain.failureMode === 'kill') this.#abortAll('another stage failed');
    }
    this.#settle(link, FAILED);
  }

  #settle({ place }: Link, mark: number): void {
    const wasRunning = this.#marks[place] === RUNNING;
    this.#marks[place] = mark;
    if (!wasRunning) return;
    this.#running--;
    this.#advance();
  }
}
