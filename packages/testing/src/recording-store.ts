import { type CommitBatch, InterceptedStore, isWrite, type StoreCall } from '@millrace/core';

type MaybePromise<Value> = Value | Promise<Value>;

/** Passes every call on and keeps it, in the order in which they were made. */
export class RecordingStore extends InterceptedStore {
  readonly #calls: StoreCall[] = [];

  get calls(): readonly StoreCall[] {
    return this.#calls;
  }

  /** The calls that may have changed something: the points at which a crash is worth a test. */
  get writes(): readonly StoreCall[] {
    return this.#calls.filter(isWrite);
  }

  get batches(): readonly CommitBatch[] {
    return this.#calls.flatMap((call) => (call.method === 'commit' ? [call.args[1]] : []));
  }

  protected override intercept<Answer>(
    call: StoreCall,
    proceed: () => MaybePromise<Answer>,
  ): MaybePromise<Answer> {
    this.#calls.push(call);
    return proceed();
  }
}
