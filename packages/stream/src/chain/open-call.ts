import { type FailureRecord, timedOutFailure } from '@millrace/core';
import type { Link } from './link.ts';
import type { StageCall } from './stage-call.ts';
import type { StageSite } from './stage-site.ts';

export type CallEnd =
  | { readonly kind: 'returned'; readonly returned: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'aborted'; readonly failure: FailureRecord };

interface OpenCallParts {
  readonly link: Link;
  readonly site: StageSite;
  readonly call: StageCall;
  readonly promise: PromiseLike<unknown>;
  /** When the call began, on the monotonic clock. */
  readonly startedMs: number;
  /** Called once. */
  readonly ended: (end: CallEnd) => void;
}

/** A call that a stage has not yet answered. An aborted one is left behind once its grace period is over. */
export class OpenCall {
  readonly #parts: OpenCallParts;
  #cancelTimer: (() => void) | undefined;
  #aborted: FailureRecord | undefined;
  #isOver = false;

  constructor(parts: OpenCallParts) {
    this.#parts = parts;
    const { link, site, promise, startedMs } = parts;
    const { timeoutMs } = link.bound.options;
    if (timeoutMs !== undefined) {
      const leftMs = timeoutMs - (site.clock.monotonic() - startedMs);
      this.#cancelTimer = site.clock.setTimer(leftMs, () =>
        this.abort(timedOutFailure(link.id, 'run', timeoutMs), 'TimeoutError'),
      );
    }
    promise.then(
      (returned) => this.#end({ kind: 'returned', returned }),
      (error) => this.#end({ kind: 'threw', error }),
    );
  }

  abort(failure: FailureRecord, name: 'TimeoutError' | 'AbortError'): void {
    if (this.#isOver || this.#aborted !== undefined) return;
    this.#aborted = failure;
    this.#cancelTimer?.();
    const { link, site, call } = this.#parts;
    const giveUp = (): void => this.#end({ kind: 'aborted', failure });
    this.#cancelTimer = site.clock.setTimer(link.bound.options.graceMs, giveUp);
    call.abort(new DOMException(failure.message, name));
  }

  #end(end: CallEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelTimer?.();
    const failure = this.#aborted;
    this.#parts.ended(failure === undefined ? end : { kind: 'aborted', failure });
  }
}
