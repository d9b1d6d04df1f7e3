import type { StreamCounts } from '../flow/ledger.ts';
import type { Latencies } from './latency-histogram.ts';

/** Figures of a stream at one moment. Those of a start count from there; counts are of the whole life. */
export interface StreamMetrics {
  readonly counts: StreamCounts;
  /** Messages with a final status a second: since the start. */
  readonly rate: number;
  /** From acceptance to final status, of messages that ran and never were in the buffer. */
  readonly latency: Latencies;
  /** How late the event loop is; null while the stream does not run. */
  readonly eventLoopDelay: {
    readonly meanMs: number;
    readonly p99Ms: number;
    readonly maxMs: number;
  } | null;
  /** Failures of source and sink since the start. */
  readonly sourceFailures: number;
  readonly sinkFailures: number;
  readonly generation: number;
}
