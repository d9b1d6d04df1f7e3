import { hostname } from 'node:os';
import type { EncodedValue } from '../../base/codec/index.ts';
import type { RunId, StageId } from '../../base/ids.ts';
import { MillraceError } from '../../base/millrace-error.ts';
import {
  type AcquireResult,
  type AttemptRecord,
  type CheckpointStore,
  type CommitBatch,
  type DeleteResult,
  type FoundStage,
  type ItemRecord,
  type Lease,
  MemoryStore,
  type NewRun,
  type NewSignal,
  type Owner,
  type RunFilter,
  type RunRecord,
  type SeenLease,
  type SendResult,
  type SignalRecord,
  type StageRecord,
  type StoreMeasure,
  type SweepRequest,
  type SweepStep,
  type ValueHash,
  type WaitRecord,
} from '../../checkpoint/index.ts';
import type { RunEvent } from '../../events/index.ts';

export interface RecordingOptions {
  /** Where the records go; another store may share it, like another process would. */
  readonly inner?: MemoryStore;
  readonly groupsCommits?: boolean;
  /** `at-once`: every method is synchronous. `later`: each answers in a later turn. `by-hand`: commits answer on `release`. */
  readonly answers?: 'at-once' | 'later' | 'by-hand';
  /** The commit with this number, counted from 1, fails; those after it do not. */
  readonly failsAt?: number;
  /** With `failsAt`: the commit throws, also when the store answers later. */
  readonly failsByThrowing?: boolean;
  /** Stands on record as the owner instead of this process. */
  readonly owner?: Owner;
  readonly onCommitted?: (batch: CommitBatch) => void;
  /** Short values stay within their records, where they cannot be damaged by their hash. */
  readonly keepsShortValues?: boolean;
}

/** A process that cannot exist: pids end at 2 ** 22. */
export const DEAD_OWNER: Owner = { host: hostname(), pid: 2 ** 30, processStart: '' };

type MaybePromise<T> = T | Promise<T>;

/** A memory store that keeps what was committed, answers when it is told to, and fails where asked. */
export class RecordingStore implements CheckpointStore {
  readonly name = 'recording';
  readonly inner: MemoryStore;
  readonly groupsCommits: boolean;
  readonly keepsShortValues: boolean;
  /** Batches whose commit has resolved, in order. */
  readonly committed: CommitBatch[] = [];
  readonly #options: RecordingOptions;
  readonly #held: (() => void)[] = [];
  readonly #damaged = new Map<ValueHash, EncodedValue | undefined>();
  #commits = 0;

  constructor(options: RecordingOptions = {}) {
    this.#options = options;
    this.inner = options.inner ?? new MemoryStore();
    this.groupsCommits = options.groupsCommits ?? false;
    this.keepsShortValues = options.keepsShortValues ?? false;
  }

  /** Commits that were asked for, also those that failed or wait. */
  get commits(): number {
    return this.#commits;
  }

  /** Commits that wait for `release`. */
  get held(): number {
    return this.#held.length;
  }

  /** Lets the oldest waiting commit answer. */
  release(): void {
    this.#held.shift()?.();
  }

  /** From now on the value is missing, or is another one under the same hash. */
  damage(hash: ValueHash, value?: EncodedValue): void {
    this.#damaged.set(hash, value);
  }

  createRun(run: NewRun, values: readonly EncodedValue[], owner: Owner): MaybePromise<Lease> {
    return this.#answer(() => this.inner.createRun(run, values, this.#options.owner ?? owner));
  }

  acquireRun(id: RunId, owner: Owner, seen?: SeenLease): MaybePromise<AcquireResult> {
    return this.#answer(() => this.inner.acquireRun(id, this.#options.owner ?? owner, seen));
  }

  renewLease(lease: Lease): MaybePromise<void> {
    return this.#answer(() => this.inner.renewLease(lease));
  }

  releaseRun(lease: Lease): MaybePromise<void> {
    return this.#answer(() => this.inner.releaseRun(lease));
  }

  commit(lease: Lease, batch: CommitBatch): MaybePromise<void> {
    const number = ++this.#commits;
    const write = (): void => {
      if (number === this.#options.failsAt) throw storeFault(number);
      this.inner.commit(lease, batch);
      this.committed.push(batch);
      this.#options.onCommitted?.(batch);
    };
    if (number === this.#options.failsAt && this.#options.failsByThrowing === true) write();
    if (this.#options.answers !== 'by-hand') return this.#answer(write);
    return new Promise<void>((resolve) => this.#held.push(resolve)).then(write);
  }

  findRun(id: RunId): MaybePromise<RunRecord | undefined> {
    return this.#answer(() => this.inner.findRun(id));
  }

  listRuns(filter: RunFilter): MaybePromise<readonly RunRecord[]> {
    return this.#answer(() => this.inner.listRuns(filter));
  }

  loadStages(id: RunId): MaybePromise<readonly StageRecord[]> {
    return this.#answer(() => this.inner.loadStages(id));
  }

  loadAttempts(id: RunId): MaybePromise<readonly AttemptRecord[]> {
    return this.#answer(() => this.inner.loadAttempts(id));
  }

  loadItems(id: RunId, stage: StageId): MaybePromise<readonly ItemRecord[]> {
    return this.#answer(() => this.inner.loadItems(id, stage));
  }

  findStages(cacheKey: string, limit: number): MaybePromise<readonly FoundStage[]> {
    return this.#answer(() => this.inner.findStages(cacheKey, limit));
  }

  loadValue(hash: ValueHash): MaybePromise<EncodedValue | undefined> {
    return this.#answer(() =>
      this.#damaged.has(hash) ? this.#damaged.get(hash) : this.inner.loadValue(hash),
    );
  }

  saveValue(value: EncodedValue): MaybePromise<void> {
    return this.#answer(() => this.inner.saveValue(value));
  }

  loadEvents(id: RunId, after: number, limit: number): MaybePromise<readonly RunEvent[]> {
    return this.#answer(() => this.inner.loadEvents(id, after, limit));
  }

  sendSignal(signal: NewSignal): MaybePromise<SendResult> {
    return this.#answer(() => this.inner.sendSignal(signal));
  }

  loadSignals(id: RunId, after: number): MaybePromise<readonly SignalRecord[]> {
    return this.#answer(() => this.inner.loadSignals(id, after));
  }

  loadWaits(id: RunId): MaybePromise<readonly WaitRecord[]> {
    return this.#answer(() => this.inner.loadWaits(id));
  }

  deleteRun(id: RunId, seen: SeenLease, at: number): MaybePromise<DeleteResult> {
    return this.#answer(() => this.inner.deleteRun(id, seen, at));
  }

  measure(without: readonly RunId[]): MaybePromise<StoreMeasure> {
    return this.#answer(() => this.inner.measure(without));
  }

  sweep(request: SweepRequest): MaybePromise<SweepStep> {
    return this.#answer(() => this.inner.sweep(request));
  }

  close(): void {}

  #answer<T>(read: () => T): MaybePromise<T> {
    if (this.#options.answers !== 'later') return read();
    return new Promise((resolve) => setImmediate(resolve)).then(read);
  }
}

function storeFault(number: number): MillraceError {
  return new MillraceError('STORE_WRITE_FAILED', `commit ${number} failed: no space left`);
}
