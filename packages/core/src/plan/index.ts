export {
  changedParts,
  FINGERPRINT_PARTS,
  type FingerprintPart,
  fingerprintOf,
} from './fingerprint.ts';
export type { Decision, Explanation, Plan } from './plan.ts';
export { type PlanRequest, type PriorOutcome, planRun } from './plan-run.ts';
