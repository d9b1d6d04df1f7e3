import {
  type CheckpointStore,
  InterceptedStore,
  isWrite,
  MillraceError,
  type StoreCall,
} from '@millrace/core';

type MaybePromise<Value> = Value | Promise<Value>;

export interface StoreFault {
  /** The number of a write, counted from 1, or the first call for which it holds. */
  readonly at: number | ((call: StoreCall) => boolean);
  /** `before`: nothing is written. `after`: all is written, and the caller never hears of it. */
  readonly when: 'before' | 'after';
  /**
   * `fail`: this one call throws STORE_WRITE_FAILED. `crash`: this call and every later one throw
   * STORE_CRASHED, as if the process had died; another store on the same data goes on.
   */
  readonly effect: 'fail' | 'crash';
}

/** A store that fails or dies at a chosen point, for tests of what then happens. Each fault strikes once. */
export class FaultyStore extends InterceptedStore {
  readonly #waiting: Set<StoreFault>;
  #writes = 0;
  #crashed = false;

  constructor(store: CheckpointStore, faults: readonly StoreFault[]) {
    super(store);
    this.#waiting = new Set(faults);
  }

  /** True once a crash has struck: nothing reaches the store behind it any more. */
  get crashed(): boolean {
    return this.#crashed;
  }

  /** Faults that have not struck yet; a test that leaves some proves less than it says. */
  get waitingFaults(): number {
    return this.#waiting.size;
  }

  protected override intercept<Answer>(
    call: StoreCall,
    proceed: () => MaybePromise<Answer>,
  ): MaybePromise<Answer> {
    if (this.#crashed) throw crashed(call);
    if (isWrite(call)) this.#writes += 1;
    const fault = this.#takeFault(call);
    if (fault === undefined) return proceed();
    if (fault.when === 'before') throw this.#strike(fault, call);
    return this.#strikeAfter(fault, call, proceed());
  }

  #strikeAfter(fault: StoreFault, call: StoreCall, answer: unknown): Promise<never> {
    // What runs beside the call meets the crash only once the call has been carried out.
    return Promise.resolve(answer).then(() => {
      throw this.#strike(fault, call);
    });
  }

  #strike(fault: StoreFault, call: StoreCall): MillraceError {
    if (fault.effect === 'crash') {
      this.#crashed = true;
      return crashed(call);
    }
    return new MillraceError('STORE_WRITE_FAILED', `a fault was set for ${call.method}`, {
      details: { method: call.method, when: fault.when },
    });
  }

  #takeFault(call: StoreCall): StoreFault | undefined {
    for (const fault of this.#waiting) {
      const strikes =
        typeof fault.at === 'number' ? isWrite(call) && fault.at === this.#writes : fault.at(call);
      if (!strikes) continue;
      this.#waiting.delete(fault);
      return fault;
    }
    return undefined;
  }
}

function crashed(call: StoreCall): MillraceError {
  return new MillraceError('STORE_CRASHED', `the process has crashed, so ${call.method} is lost`, {
    details: { method: call.method },
  });
}
