export type {
  AcquireResult,
  CheckpointStore,
  CommitBatch,
  Lease,
  RunFilter,
  RunFinish,
  SeenLease,
  SendResult,
} from './checkpoint-store.ts';
export {
  type DeleteResult,
  type Leftovers,
  NO_LEFTOVERS,
  type StoreMeasure,
  type StoreUsage,
  type SweepRequest,
  type SweepStep,
} from './clean-up.ts';
export { InterceptedStore } from './intercepted-store.ts';
export { leaseLost } from './lease-lost.ts';
export { MemoryStore } from './memory-store.ts';
export { namedHashes } from './named-hashes.ts';
export type {
  AttemptRecord,
  AttemptStatus,
  FoundStage,
  ItemRecord,
  NewRun,
  NewSignal,
  Owner,
  RunRecord,
  RunSource,
  SignalRecord,
  StageOrigin,
  StageRecord,
  StoredStageStatus,
  ValueHash,
  WaitRecord,
  WaitStatus,
  WriteRecord,
} from './records.ts';
export { ATTEMPT_STATUSES, ITEM_STATUSES, WAIT_KINDS, WAIT_STATUSES } from './records.ts';
export { isWrite, type StoreCall, type StoreMethod } from './store-call.ts';
export { storedValue } from './stored-value.ts';
