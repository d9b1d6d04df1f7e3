import { type CommitBatch, InterceptedStore, type StoreCall } from '@millrace/core';

/** What a store was asked to do. */
export interface StoreCounts {
  /** Transactions. */
  commits: number;
  /** Of them, those that somebody waits for on disk. */
  synced: number;
  values: number;
  valueBytes: number;
  attempts: number;
  stages: number;
  events: number;
  /** Calls that read. */
  reads: number;
}

/** Counts what is asked of the store behind it. */
export class CountingStore extends InterceptedStore {
  readonly counts: StoreCounts = {
    commits: 0,
    synced: 0,
    values: 0,
    valueBytes: 0,
    attempts: 0,
    stages: 0,
    events: 0,
    reads: 0,
  };

  protected override intercept<Answer>(
    call: StoreCall,
    proceed: () => Answer | Promise<Answer>,
  ): Answer | Promise<Answer> {
    if (call.method === 'commit') this.#count(call.args[1]);
    else if (call.method.startsWith('load') || call.method.startsWith('find')) this.counts.reads++;
    return proceed();
  }

  #count({ sync, values, attempts, stages, events }: CommitBatch): void {
    const { counts } = this;
    counts.commits++;
    if (sync) counts.synced++;
    counts.values += values.length;
    for (const { byteLength } of values) counts.valueBytes += byteLength;
    counts.attempts += attempts.length;
    counts.stages += stages.length;
    counts.events += events.length;
  }
}
