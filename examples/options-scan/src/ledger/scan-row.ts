import { z } from '../base/schema.ts';

/** UNFINISHED: begun, and cut off or still going on. PARTIAL: something useful, and something failed. */
export const ScanStatus = z.enum(['UNFINISHED', 'COMPLETED', 'PARTIAL', 'FAILED']);
export type ScanStatus = z.infer<typeof ScanStatus>;

/** An item that failed, with its stage; a stage that failed as a whole has no key. */
export interface ItemError {
  readonly stage: string;
  readonly key: string | null;
  readonly reason: string;
  readonly message: string;
}

/** One row of `scan_runs`. */
export interface ScanRow {
  /** Of the run in the store. */
  readonly id: string;
  readonly scanDate: string;
  readonly status: ScanStatus;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly durationSeconds: number;
  readonly realTickers: number;
  readonly generatedTickers: number;
  readonly scored: number;
  readonly contracts: number;
  readonly theses: number;
  /** Seconds by stage. */
  readonly stageTimings: Readonly<Record<string, number>>;
  readonly itemErrors: readonly ItemError[];
}
