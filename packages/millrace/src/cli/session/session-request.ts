import type { PipelineExecutor, RunHandle, RunOptions } from '@millrace/core';
import type { LoadedPipeline } from '../../facade/load-pipeline.ts';
import type { CommandContext, SessionFlags } from '../command-context.ts';

/** A session of a run from the command line: what `run` and `resume` have in common. */
export interface SessionRequest {
  readonly context: CommandContext;
  readonly flags: SessionFlags;
  readonly loaded: LoadedPipeline;
  /** Absolute. */
  readonly storeSpec: string;
  /** Absolute folder of log files; undefined for none. */
  readonly logDir: string | undefined;
  readonly options: RunOptions;
  readonly begin: (executor: PipelineExecutor, options: RunOptions) => Promise<RunHandle>;
  /** Lines between the head and the events. */
  readonly intro: (handle: RunHandle) => readonly string[];
}
