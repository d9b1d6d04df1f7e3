import type { WorkloadName } from '../workloads/workload.ts';

/** What the process of a cell is asked for: its one argument, as JSON. */
export interface CellRequest {
  readonly workload: WorkloadName;
  readonly adapter: string;
  /** An empty folder, which the one who asks removes. */
  readonly folder: string;
  /** `once`: without repeats. `fail`: the first run of a resume, which prints nothing. */
  readonly mode: 'measure' | 'once' | 'fail';
  /** Repeats end when there were so many... */
  readonly mostRepeats: number;
  /** ...or took so long together. */
  readonly repeatBudgetMs: number;
}

/** Milliseconds of one run of a workload. */
export interface Phases {
  /** From plain nodes to what the engine runs, checked. */
  readonly buildMs: number;
  /** From the start until all values are known. */
  readonly runMs: number;
}

/** What the process of a cell has measured: one line of JSON. */
export interface MeasuredCell {
  /** The first run of the process. */
  readonly cold: Phases;
  /** The repeat with the median of build and run together; the first run where there was no repeat. */
  readonly warm: Phases;
  readonly repeats: number;
  /** Largest resident set up to the end of the first run, MB of 2 ** 20 bytes. */
  readonly peakMb: number;
  /** Left on disk by the first run; undefined where nothing is kept or it cannot be seen. */
  readonly bytes: number | undefined;
  /** Over the values of all stages. */
  readonly digest: number;
  /** The same of a plain loop. */
  readonly expectedDigest: number;
  /** Stages that a run has executed. */
  readonly executed: number;
  /** Stages that it had to execute. */
  readonly expectedExecuted: number;
}

export type CellOutcome =
  | { readonly kind: 'measured'; readonly cell: MeasuredCell; readonly wallMs: number }
  /** It took longer, or needed more, than `limit`. */
  | { readonly kind: 'over'; readonly limit: string }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

export function totalMs({ buildMs, runMs }: Phases): number {
  return buildMs + runMs;
}
