export type {
  AttemptOutcome,
  AttemptOutput,
  AttemptRequest,
  AttemptServices,
} from './attempt-request.ts';
export { AttemptScope } from './attempt-scope.ts';
export { checkUpdates } from './check-updates.ts';
export { collectOutputs } from './collect-outputs.ts';
export {
  cancelledFailure,
  conditionFailure,
  invalidOutputFailure,
  lostCheckpointFailure,
  secretValueFailure,
  threwFailure,
  timedOutFailure,
  unstorableFailure,
  writeConflictFailure,
} from './failures.ts';
export { handOutScope } from './hand-out-scope.ts';
export { readInputs } from './read-inputs.ts';
export { type AttemptReads, NO_READS } from './read-log.ts';
export { toThrownRecord } from './thrown-record.ts';
