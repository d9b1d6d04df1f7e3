import type { Workload } from '../workloads/workload.ts';

/** What a run came to. */
export interface Ran {
  /** Of each stage, by its place. */
  readonly values: readonly number[];
  /** Stages whose body was called. */
  readonly executed: number;
}

/** One run of a workload, in phases of which each is timed by itself. */
export interface Trial {
  /** From plain nodes to what the engine runs, checked. Timed. */
  build(): void | Promise<void>;
  /** From the start until all values are known; of a resume from the opening of the store. Timed. */
  run(): Promise<Ran>;
  /** Not timed. After it, what lies in the folder is what stays on disk. */
  close(): void | Promise<void>;
  /** Bytes that stay on disk, where that is not what lies in the folder. */
  bytesOnDisk?(): number | undefined;
}

/** One engine with one setting. */
export interface Adapter {
  /**
   * Gets ready, which is not timed: a store is opened, except for a resume.
   * @param folder empty, except for a resume, where it holds what `fail` has left there
   */
  begin(workload: Workload, folder: string): Trial | Promise<Trial>;
  /** The first run of a `resume`: all but the last stage succeed. */
  fail?(workload: Workload, folder: string): Promise<void>;
}
