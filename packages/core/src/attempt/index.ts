export type {
  AttemptOutcome,
  AttemptOutput,
  AttemptRequest,
  AttemptServices,
} from './attempt-request.ts';
export { AttemptScope } from './attempt-scope.ts';
export { collectOutputs } from './collect-outputs.ts';
export {
  cancelledFailure,
  invalidOutputFailure,
  lostCheckpointFailure,
  threwFailure,
  timedOutFailure,
  unstorableFailure,
  writeConflictFailure,
} from './failures.ts';
export { readInputs, toValueIssues } from './read-inputs.ts';
export { toThrownRecord } from './thrown-record.ts';
