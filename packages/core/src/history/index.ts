export {
  type BlamedOrigin,
  type BlamedStage,
  type BlamedWrite,
  type BlamedWriter,
  type BlameOptions,
  blame,
  type KeyBlame,
} from './blame.ts';
export { diffRuns, type RunDifferences } from './diff-runs.ts';
export { type DiffOptions, diffKey, type KeyDifferences } from './key-differences.ts';
export type { KeyWriter } from './key-writer.ts';
export type { InputDifference, StageDifferences } from './stage-differences.ts';
export {
  readStageView,
  type SeenKey,
  type StageView,
  type StageViewRequest,
} from './stage-view.ts';
export type { ValueDifference, ValueDifferences } from './value-differences.ts';
