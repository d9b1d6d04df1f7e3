export {
  BASIS_KINDS,
  type BasisEntry,
  type BasisKind,
  basisEntry,
  changedEntries,
  type FileEntry,
  type StageBasis,
  UNREADABLE,
} from './basis.ts';
export { codeChanges, isRecordedCode, type RecordedCode, recordedCode } from './code-changes.ts';
export { fileChanges } from './file-changes.ts';
export {
  changedParts,
  FINGERPRINT_PARTS,
  type FingerprintPart,
  fingerprintOf,
  isOfVersion,
  withCodeOf,
} from './fingerprint.ts';
export { isLeftOutBySelection, keepsUnselected } from './left-out.ts';
export { ownChanges } from './own-changes.ts';
export { paramChanges } from './param-changes.ts';
export { type Decision, explanationOf, isInDoubt, type Plan, type Verdict } from './plan.ts';
export { type PlanRequest, planRun } from './plan-run.ts';
export {
  type ContextChange,
  type CurrentInputs,
  type PlannedSelection,
  Planner,
  type PlannerRequest,
  type PriorOutcome,
} from './planner.ts';
export { describeReasons, isForced, type Mover, type Reason } from './reason.ts';
