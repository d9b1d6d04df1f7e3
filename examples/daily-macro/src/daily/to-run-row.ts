import type { RunRow } from '../ledger/run-ledger.ts';
import type { DailyOutcome } from './read-outcome.ts';
import { reasonOf } from './reason-of.ts';

const inSeconds = (ms: number): number => Math.round(ms) / 1000;

/** The row of `pipeline_runs`. Its summary is JSON: the run's summary, or why there is none. */
export function toRunRow(outcome: DailyOutcome): RunRow {
  const { stageMs, summary, failures, cancelled } = outcome;
  const reasons = failures.map(({ stage, failure }) => `${stage}: ${reasonOf(failure)}`);
  const why = cancelled ? ['cancelled', ...reasons] : reasons;
  const missing = why.length === 0 ? ['started, and not finished'] : why;
  return {
    id: outcome.runId,
    runDate: outcome.date,
    status: outcome.status,
    durationSeconds: inSeconds(outcome.durationMs),
    stepTimings: Object.fromEntries(Array.from(stageMs, ([id, ms]) => [id, inSeconds(ms)])),
    signalCount: outcome.signals,
    positionCount: outcome.positions,
    regime: outcome.regime,
    summary: JSON.stringify(summary ?? { error: missing.join('; ') }),
    createdAt: outcome.createdAt,
  };
}
