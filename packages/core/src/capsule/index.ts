export type {
  Capsule,
  CapsuleCode,
  CapsuleHead,
  CapsuleOutput,
  CapsuleParams,
  CapsuleSlot,
  CapsuleStart,
  CapsuleStatus,
  LeftOutReason,
  NamedSlot,
} from './capsule.ts';
export { capsuleChanges } from './capsule-changes.ts';
export { capsuleText } from './capsule-text.ts';
export type { ReplayedOutput } from './compare-outputs.ts';
export { largestValues, type SizedValue } from './largest-values.ts';
export { type CapsuleRequest, makeCapsule } from './make-capsule.ts';
export { readCapsule } from './read-capsule.ts';
export { type Replay, type ReplayOptions, replayCapsule } from './replay-capsule.ts';
export { capsuleParams, type ParamChange, type ReplayParams } from './replay-params.ts';
export type { ReplayVerdict } from './replay-verdict.ts';
