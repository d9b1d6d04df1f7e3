export { selectStages } from './select-stages.ts';
export {
  SELECTION_OPTIONS,
  type SelectablePipeline,
  type SelectedStages,
  type Selection,
  type SelectionOption,
  type StatusLookup,
} from './selection.ts';
export type {
  PartMatch,
  SelectionEmptyProblem,
  SelectionPlace,
  SelectionProblem,
  SelectionSyntaxProblem,
  SelectionUnknownProblem,
  TermMatch,
} from './selection-problem.ts';
export { STAGE_STATES, type StageState } from './stage-states.ts';
