import { type CellOutcome, type MeasuredCell, totalMs } from '../cell/cell-result.ts';
import type { WorkloadName } from '../workloads/workload.ts';
import { WORKLOADS } from '../workloads/workload-facts.ts';

export interface CellRecord {
  readonly workload: WorkloadName;
  readonly adapter: string;
  /** Counts from 0. */
  readonly round: number;
  readonly outcome: CellOutcome;
}

/** What of a cell is compared, by the round. */
export type CellFigure = (cell: MeasuredCell, workload: WorkloadName) => number;

export const usAStage: CellFigure = ({ warm }, workload) =>
  (totalMs(warm) / WORKLOADS[workload].stages) * 1000;
export const coldUsAStage: CellFigure = ({ cold }, workload) =>
  (totalMs(cold) / WORKLOADS[workload].stages) * 1000;
export const warmMs: CellFigure = ({ warm }) => totalMs(warm);
export const warmRunMs: CellFigure = ({ warm }) => warm.runMs;
export const peakMb: CellFigure = (cell) => cell.peakMb;
export const bytesOnDisk: CellFigure = ({ bytes }) => bytes ?? Number.NaN;

/** All cells of one run of the bench. */
export class Measurements {
  readonly #records: CellRecord[] = [];

  get records(): readonly CellRecord[] {
    return this.#records;
  }

  add(record: CellRecord): void {
    this.#records.push(record);
  }

  of(workload: WorkloadName, adapter: string): readonly CellRecord[] {
    return this.#records.filter(
      (record) => record.workload === workload && record.adapter === adapter,
    );
  }

  measured(workload: WorkloadName, adapter: string): readonly MeasuredCell[] {
    return this.of(workload, adapter).flatMap(({ outcome }) =>
      outcome.kind === 'measured' ? [outcome.cell] : [],
    );
  }

  /** One number for each round in which the cell was measured. */
  figures(workload: WorkloadName, adapter: string, figure: CellFigure): readonly number[] {
    return this.measured(workload, adapter).map((cell) => figure(cell, workload));
  }

  /** The cells that came to other values than the workload has, or executed other stages than they had to. */
  get wrong(): readonly CellRecord[] {
    return this.#records.filter(({ outcome }) => {
      if (outcome.kind !== 'measured') return false;
      const { digest, expectedDigest, executed, expectedExecuted } = outcome.cell;
      return digest !== expectedDigest || executed !== expectedExecuted;
    });
  }
}
