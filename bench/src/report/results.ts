import type { WorkloadName } from '../workloads/workload.ts';
import type { CellFigure, Measurements } from './measurements.ts';
import type { Series } from './series.ts';

/** All that one run of the bench has measured. */
export interface Results {
  readonly cells: Measurements;
  readonly series: Series;
}

/** Takes one number by the round out of the results; none where it was not measured. */
export type Source = (results: Results) => readonly number[];

export function cell(workload: WorkloadName, adapter: string, figure: CellFigure): Source {
  return ({ cells }) => cells.figures(workload, adapter, figure);
}

export function line(name: string): Source {
  return ({ series }) => series.of(name);
}
