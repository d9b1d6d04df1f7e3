import type { Workload } from './workload.ts';

export interface Measured {
  /** Wall time of the run itself; the graph was read and checked before. */
  readonly milliseconds: number;
  readonly digest: number;
}

/** One way to run a workload. */
export interface Adapter {
  /** @param folder an empty temporary folder */
  run(workload: Workload, folder: string): Promise<Measured>;
}
