import { z } from '../base/schema.ts';

/** DEGRADED: a non-critical part failed. */
export const RunStatus = z.enum(['SUCCESS', 'DEGRADED', 'FAILED']);
export type RunStatus = z.infer<typeof RunStatus>;

export interface RunVerdict {
  /** Whether every critical stage finished. */
  readonly finished: boolean;
  readonly signals: number;
  readonly shortfalls: readonly string[];
}

/** A run without a single signal has failed, whatever its stages say. */
export function statusOf({ finished, signals, shortfalls }: RunVerdict): RunStatus {
  if (!finished || signals === 0) return 'FAILED';
  return shortfalls.length > 0 ? 'DEGRADED' : 'SUCCESS';
}

/** 0, or 1 after a failure, or 3 for a degraded run when that was asked for. */
export function exitCodeOf(status: RunStatus, strict: boolean): 0 | 1 | 3 {
  if (status === 'FAILED') return 1;
  return status === 'DEGRADED' && strict ? 3 : 0;
}
