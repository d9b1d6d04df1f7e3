import type { Reads } from './reads-now.ts';

/** What the other thread is asked to do with a project as it lies on the disk now. */
export interface HonestyRequest {
  /** Starts a run, or plans the resume of this one and resumes it. */
  readonly runId: string | undefined;
  /** What every stage read as the run was left last, as told then; of no use to a run that is started. */
  readonly reads: Readonly<Record<string, Reads>>;
  /** Absolute path of the config; places are told relative to its folder. */
  readonly config: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where the run was resumed, also runs the project from the start, in a store of its own. */
  readonly isCompared: boolean;
}
