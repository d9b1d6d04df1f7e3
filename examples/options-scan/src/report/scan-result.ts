import type { RunStatus } from 'millrace';
import type { Ranked } from '../catalysts/ranked.ts';
import type { FinalThesis } from '../debate/thesis.ts';
import type { ItemError, ScanStatus } from '../ledger/scan-row.ts';
import type { Recommendation } from '../options/recommendation.ts';

/** How one stage went. */
export interface StageTiming {
  readonly stage: string;
  readonly status: 'succeeded' | 'failed' | 'skipped' | 'cancelled';
  readonly durationMs: number;
  readonly attempt: number;
  /** Of a stage that works ticker by ticker. */
  readonly items?: { readonly total: number; readonly failed: number; readonly kept: number };
}

/** What a scan came to, complete or not. */
export interface ScanResult {
  readonly runId: string;
  readonly date: string;
  readonly status: ScanStatus;
  /** Of the run in the store: all but `succeeded` can be resumed. */
  readonly runStatus: RunStatus;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Of all sessions. */
  readonly durationMs: number;
  readonly tickers: { readonly real: number; readonly generated: number };
  /** Where the parts come from; `modelled` and `generated` are no market. */
  readonly sources: {
    readonly chains: readonly string[];
    readonly earnings: string | null;
    readonly models: readonly string[];
  };
  /** Best first. */
  readonly scores: readonly Ranked[];
  readonly recommendations: readonly Recommendation[];
  readonly theses: readonly FinalThesis[];
  readonly stages: readonly StageTiming[];
  readonly itemErrors: readonly ItemError[];
}
