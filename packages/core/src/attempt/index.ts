export type {
  AttemptOutcome,
  AttemptOutput,
  AttemptRequest,
  AttemptServices,
  MappedAttempt,
  UndoneOutcome,
} from './attempt-request.ts';
export { AttemptScope } from './attempt-scope.ts';
export { AttemptWaits } from './attempt-waits.ts';
export { checkUpdates } from './check-updates.ts';
export { collectOutputs } from './collect-outputs.ts';
export {
  cancelledFailure,
  circuitOpenFailure,
  conditionFailure,
  invalidOutputFailure,
  lostCheckpointFailure,
  secretValueFailure,
  threwFailure,
  timedOutFailure,
  undoneOutputsFailure,
  unstorableFailure,
  writeConflictFailure,
} from './failures.ts';
export { handOutOutcome } from './hand-out-outcome.ts';
export { handOutScope } from './hand-out-scope.ts';
export {
  itemOverdueFailure,
  itemsFailedFailure,
  itemThrewFailure,
  itemTimedOutFailure,
  secretItemFailure,
  type ToldItem,
  unstorableItemFailure,
} from './item-failures.ts';
export type { ItemGate, ItemPass } from './item-gate.ts';
export type { BegunItem, ItemLedger, KnownItem } from './item-ledger.ts';
export { ItemResults } from './item-result.ts';
export { hashItem, type ListedItems, listItems } from './list-items.ts';
export { askedWaitMs, callResultOf, mayRetry } from './may-retry.ts';
export { readInputs } from './read-inputs.ts';
export { type AttemptReads, NO_READS } from './read-log.ts';
export { toThrownRecord } from './thrown-record.ts';
export type { WaitDesk, WaitEnd, WaitRequest } from './wait-desk.ts';
export type { WorkItem } from './work-item.ts';
