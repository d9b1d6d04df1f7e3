import type {
  PipelineExecutor,
  Plan,
  RunHandle,
  RunOptions,
  RunResult,
  SessionHandle,
} from '@millrace/core';
import type { LoadedPipeline } from '../../facade/load-pipeline.ts';
import type { CommandContext, SessionFlags } from '../command-context.ts';
import type { ExitCode } from '../exit-code.ts';

/** A session under way; without a plan where nothing is to run. */
export type BegunSession = SessionHandle & { readonly plan?: Plan };

/** A session of a run from the command line: what `run`, `resume` and `undo` have in common. */
export interface SessionRequest<Begun extends BegunSession = RunHandle> {
  readonly context: CommandContext;
  readonly flags: SessionFlags;
  readonly loaded: LoadedPipeline;
  /** Absolute. */
  readonly storeSpec: string;
  /** Absolute folder of log files; undefined for none. */
  readonly logDir: string | undefined;
  readonly options: RunOptions;
  readonly begin: (executor: PipelineExecutor, options: RunOptions) => Promise<Begun>;
  /** Lines between the head and the events. */
  readonly intro: (handle: Begun) => readonly string[];
  /** Default: as the run ended. */
  readonly exitCode?: (result: RunResult) => ExitCode;
}
