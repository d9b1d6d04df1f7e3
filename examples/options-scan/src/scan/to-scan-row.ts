import type { ScanRow } from '../ledger/scan-row.ts';
import type { ScanResult } from '../report/scan-result.ts';

/** The row of `scan_runs`. */
export function toScanRow(result: ScanResult): ScanRow {
  const { runId, date, status, createdAt, durationMs, tickers, stages, itemErrors } = result;
  const seconds = (ms: number): number => Math.round(ms) / 1000;
  return {
    ...{ id: runId, scanDate: date, status, createdAt, itemErrors },
    durationSeconds: seconds(durationMs),
    realTickers: tickers.real,
    generatedTickers: tickers.generated,
    scored: result.scores.length,
    contracts: result.recommendations.filter(({ contract }) => contract !== null).length,
    theses: result.theses.length,
    stageTimings: Object.fromEntries(stages.map((one) => [one.stage, seconds(one.durationMs)])),
  };
}
