export {
  applyUpdate,
  type UpdatableKeys,
  type UpdatedKey,
  type UpdateProblem,
} from './apply-update.ts';
export { type Cell, readCell } from './cell.ts';
export { ContextLayers, INITIAL_WRITER } from './context-layers.ts';
export { type CellFinder, PipelineContext } from './pipeline-context.ts';
export { replayPatches } from './replay-patches.ts';
