export { estimateRun, type RunEstimate } from './estimate-run.ts';
export { type ReadyOrder, ReadyQueue } from './ready-queue.ts';
export { RunState } from './run-state.ts';
export { isEnded, moveStage, nextStatus, STAGE_MOVES, type StageMove } from './transitions.ts';
export { UndoOrder } from './undo-order.ts';
export { verifyEvents } from './verify-events.ts';
