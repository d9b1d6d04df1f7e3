import type { CheckpointStore } from '@millrace/core';

type MaybePromise<Value> = Value | Promise<Value>;

/** A store of the kind under test, on storage of its own. */
export interface OpenedStore {
  readonly store: CheckpointStore;
  /** Opens the same storage once more, as another process would, whether `store` is closed or not. */
  openAgain(): MaybePromise<CheckpointStore>;
  /** Closes what is still open and removes the storage. */
  cleanUp(): MaybePromise<void>;
}

/** A kind of store, as its conformance suite needs it. */
export interface StoreSubject {
  /** Whether the storage outlives the store object; if not, the tests of that are skipped. */
  readonly outlivesClose: boolean;
  /** A new and empty store for each test. */
  open(): MaybePromise<OpenedStore>;
}

/** One test upon a fresh store. */
export interface StoreCase {
  readonly name: string;
  readonly needsOutliving?: boolean;
  readonly body: (store: CheckpointStore, opened: OpenedStore) => Promise<void>;
}
