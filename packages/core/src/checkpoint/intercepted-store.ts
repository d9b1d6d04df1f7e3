import type { EncodedValue } from '../base/codec/index.ts';
import type { RunId, StageId } from '../base/ids.ts';
import type { RunEvent } from '../events/run-event.ts';
import type {
  AcquireResult,
  CheckpointStore,
  CommitBatch,
  Lease,
  RunFilter,
  SeenLease,
  SendResult,
} from './checkpoint-store.ts';
import type { DeleteResult, StoreMeasure, SweepRequest, SweepStep } from './clean-up.ts';
import type {
  AttemptRecord,
  FoundStage,
  ItemRecord,
  NewRun,
  NewSignal,
  Owner,
  RunRecord,
  SignalRecord,
  StageRecord,
  ValueHash,
  WaitRecord,
} from './records.ts';
import type { StoreCall } from './store-call.ts';

type MaybePromise<Value> = Value | Promise<Value>;

/** A store whose every call passes one place before it reaches the store behind it. */
export abstract class InterceptedStore implements CheckpointStore {
  readonly name: string;
  readonly groupsCommits: boolean;
  readonly keepsShortValues: boolean;
  readonly #store: CheckpointStore;

  constructor(store: CheckpointStore) {
    this.name = store.name;
    this.groupsCommits = store.groupsCommits;
    this.keepsShortValues = store.keepsShortValues === true;
    this.#store = store;
  }

  /** @param proceed makes the call; its answer, or what stands for it, is to be returned */
  protected abstract intercept<Answer>(
    call: StoreCall,
    proceed: () => MaybePromise<Answer>,
  ): MaybePromise<Answer>;

  createRun(...args: [NewRun, readonly EncodedValue[], Owner]): MaybePromise<Lease> {
    return this.intercept({ method: 'createRun', args }, () => this.#store.createRun(...args));
  }

  acquireRun(...args: [RunId, Owner, SeenLease?]): MaybePromise<AcquireResult> {
    return this.intercept({ method: 'acquireRun', args }, () => this.#store.acquireRun(...args));
  }

  renewLease(...args: [Lease]): MaybePromise<void> {
    return this.intercept({ method: 'renewLease', args }, () => this.#store.renewLease(...args));
  }

  releaseRun(...args: [Lease]): MaybePromise<void> {
    return this.intercept({ method: 'releaseRun', args }, () => this.#store.releaseRun(...args));
  }

  commit(...args: [Lease, CommitBatch]): MaybePromise<void> {
    return this.intercept({ method: 'commit', args }, () => this.#store.commit(...args));
  }

  findRun(...args: [RunId]): MaybePromise<RunRecord | undefined> {
    return this.intercept({ method: 'findRun', args }, () => this.#store.findRun(...args));
  }

  listRuns(...args: [RunFilter]): MaybePromise<readonly RunRecord[]> {
    return this.intercept({ method: 'listRuns', args }, () => this.#store.listRuns(...args));
  }

  loadStages(...args: [RunId]): MaybePromise<readonly StageRecord[]> {
    return this.intercept({ method: 'loadStages', args }, () => this.#store.loadStages(...args));
  }

  loadAttempts(...args: [RunId]): MaybePromise<readonly AttemptRecord[]> {
    return this.intercept({ method: 'loadAttempts', args }, () =>
      this.#store.loadAttempts(...args),
    );
  }

  loadItems(...args: [RunId, StageId]): MaybePromise<readonly ItemRecord[]> {
    return this.intercept({ method: 'loadItems', args }, () => this.#store.loadItems(...args));
  }

  findStages(...args: [string, number]): MaybePromise<readonly FoundStage[]> {
    return this.intercept({ method: 'findStages', args }, () => this.#store.findStages(...args));
  }

  loadValue(...args: [ValueHash]): MaybePromise<EncodedValue | undefined> {
    return this.intercept({ method: 'loadValue', args }, () => this.#store.loadValue(...args));
  }

  saveValue(...args: [EncodedValue]): MaybePromise<void> {
    return this.intercept({ method: 'saveValue', args }, () => this.#store.saveValue(...args));
  }

  loadEvents(...args: [RunId, number, number]): MaybePromise<readonly RunEvent[]> {
    return this.intercept({ method: 'loadEvents', args }, () => this.#store.loadEvents(...args));
  }

  sendSignal(...args: [NewSignal]): MaybePromise<SendResult> {
    return this.intercept({ method: 'sendSignal', args }, () => this.#store.sendSignal(...args));
  }

  loadSignals(...args: [RunId, number]): MaybePromise<readonly SignalRecord[]> {
    return this.intercept({ method: 'loadSignals', args }, () => this.#store.loadSignals(...args));
  }

  loadWaits(...args: [RunId]): MaybePromise<readonly WaitRecord[]> {
    return this.intercept({ method: 'loadWaits', args }, () => this.#store.loadWaits(...args));
  }

  deleteRun(...args: [RunId, SeenLease, number]): MaybePromise<DeleteResult> {
    return this.intercept({ method: 'deleteRun', args }, () => this.#store.deleteRun(...args));
  }

  measure(...args: [readonly RunId[]]): MaybePromise<StoreMeasure> {
    return this.intercept({ method: 'measure', args }, () => this.#store.measure(...args));
  }

  sweep(...args: [SweepRequest]): MaybePromise<SweepStep> {
    return this.intercept({ method: 'sweep', args }, () => this.#store.sweep(...args));
  }

  close(): MaybePromise<void> {
    return this.intercept({ method: 'close', args: [] }, () => this.#store.close());
  }
}
