import { itemThrewFailure, itemTimedOutFailure } from '../attempt/index.ts';
import type { CancelTimer, Clock } from '../base/clock.ts';
import type { StageId } from '../base/ids.ts';
import type { FailureRecord } from '../events/index.ts';
import type { ItemScope } from '../stage/index.ts';
import { whenSettled } from './when-settled.ts';

/** The engine's side of a mapped stage, whose own types are forgotten. */
export interface LooseMappedStage {
  runItem(item: unknown, scope: ItemScope<unknown, unknown>): unknown;
}

/** One item of an attempt. */
export interface ListedItem {
  readonly index: number;
  readonly key: string;
  readonly item: unknown;
  readonly itemHash: string;
}

export interface ItemSite {
  readonly stageId: StageId;
  readonly stage: LooseMappedStage;
  readonly clock: Clock;
  readonly timeoutMs: number | undefined;
  readonly graceMs: number;
  readonly scopeOf: (
    listed: ListedItem,
    itemTry: number,
    life: ItemLife,
  ) => ItemScope<unknown, unknown>;
}

/** How one try of an item ended; `aborted` is nobody's fault. */
export type ItemEnd =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly failure: FailureRecord }
  | { readonly kind: 'aborted' };

/**
 * The tries of one item.
 *
 *   open ──► aborted ──► ended
 *     └────────────────────▲
 *
 * Aborted (its own timeout, or that of the stage): its signal is aborted and the grace period runs. What it
 * returns from then on is dropped.
 */
export class ItemLife {
  readonly listed: ListedItem;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly startedAt: number;
  readonly #site: ItemSite;
  readonly #ended: (life: ItemLife, end: ItemEnd) => void;
  readonly #beganMs: number;
  /** Changes when a try begins and when it ends. */
  #token = 0;
  #tries = 0;
  #tryBeganMs = 0;
  #controller: AbortController | undefined;
  #aborted: ItemEnd | undefined;
  #abortReason: unknown;
  #timer: CancelTimer | undefined;

  constructor(site: ItemSite, listed: ListedItem, ended: (life: ItemLife, end: ItemEnd) => void) {
    this.#site = site;
    this.#ended = ended;
    this.listed = listed;
    this.startedAt = site.clock.now();
    this.#beganMs = site.clock.monotonic();
  }

  get tries(): number {
    return this.#tries;
  }

  get elapsedMs(): number {
    return this.#site.clock.monotonic() - this.#beganMs;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#aborted !== undefined) this.#controller.abort(this.#abortReason);
    }
    return this.#controller.signal;
  }

  /** Begins the next try. */
  begin(): void {
    const { stage, clock, timeoutMs, scopeOf } = this.#site;
    const token = ++this.#token;
    const itemTry = ++this.#tries;
    this.#controller = undefined;
    this.#aborted = undefined;
    if (timeoutMs !== undefined) {
      this.#tryBeganMs = clock.monotonic();
      this.#arm(timeoutMs, () => this.#timeOut(timeoutMs));
    }
    whenSettled(
      () => stage.runItem(this.listed.item, scopeOf(this.listed, itemTry, this)),
      (value) => this.#end(token, this.#overdue() ?? { kind: 'returned', value }),
      (error) => this.#end(token, this.#threw(error)),
    );
  }

  /** Aborts the try that is under way; its end follows at the latest after the grace period. */
  abort(reason: unknown, end: ItemEnd = { kind: 'aborted' }): void {
    if (this.#aborted !== undefined) return;
    this.#aborted = end;
    this.#abortReason = reason;
    const token = this.#token;
    this.#arm(this.#site.graceMs, () => this.#end(token, end));
    this.#controller?.abort(reason);
  }

  #timeOut(timeoutMs: number): void {
    const failure = itemTimedOutFailure(this.#name, timeoutMs);
    this.abort(new DOMException(failure.message, 'TimeoutError'), { kind: 'failed', failure });
  }

  #threw(error: unknown): ItemEnd {
    return { kind: 'failed', failure: itemThrewFailure(this.#name, error) };
  }

  /** An item that blocks the event loop comes back before its timer could fire. */
  #overdue(): ItemEnd | undefined {
    const { timeoutMs, clock } = this.#site;
    if (timeoutMs === undefined || clock.monotonic() - this.#tryBeganMs <= timeoutMs)
      return undefined;
    return { kind: 'failed', failure: itemTimedOutFailure(this.#name, timeoutMs) };
  }

  /** A try that was left behind may still come back, when another one runs or none. */
  #end(token: number, end: ItemEnd): void {
    if (token !== this.#token) return;
    this.#token++;
    this.#timer?.();
    this.#timer = undefined;
    this.#ended(this, this.#aborted ?? end);
  }

  get #name(): { readonly stage: StageId; readonly key: string } {
    return { stage: this.#site.stageId, key: this.listed.key };
  }

  #arm(delayMs: number, callback: () => void): void {
    this.#timer?.();
    this.#timer = this.#site.clock.setTimer(delayMs, callback);
  }
}
