export { PipelineExecutor } from './pipeline-executor.ts';
export type { ExecutorOptions, RunOptions, StartOptions } from './run-options.ts';
export type { RunHandle, RunResult, StageSummary } from './run-result.ts';
