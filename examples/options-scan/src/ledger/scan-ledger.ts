import type { DatabaseSync } from 'node:sqlite';
import type { Ranked } from '../catalysts/ranked.ts';
import type { FinalThesis } from '../debate/thesis.ts';
import type { Recommendation } from '../options/recommendation.ts';
import { inTransaction, openDatabase } from './open-database.ts';
import type { ScanRow } from './scan-row.ts';

const INSERT_RUN = `
  INSERT INTO scan_runs (id, scan_date, status, created_at, duration_seconds, real_tickers, generated_tickers,
    scored, contracts, theses, stage_timings, item_errors)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET status = excluded.status, duration_seconds = excluded.duration_seconds,
    real_tickers = excluded.real_tickers, generated_tickers = excluded.generated_tickers, scored = excluded.scored,
    contracts = excluded.contracts, theses = excluded.theses, stage_timings = excluded.stage_timings,
    item_errors = excluded.item_errors`;

const ENSURE_RUN = `
  INSERT INTO scan_runs (id, scan_date, status, created_at) VALUES (?, ?, 'UNFINISHED', ?)
  ON CONFLICT (id) DO NOTHING`;

/** The tables of the example, in one SQLite file. Whatever is written twice for a run replaces what was there. */
export class ScanLedger {
  readonly #database: DatabaseSync;

  /** @throws ScanError LEDGER_UNUSABLE */
  constructor(path: string) {
    this.#database = openDatabase(path);
  }

  /** The row of a run that has only begun; one that is there already stays as it is. */
  beginRun({ id, date }: RunDate): void {
    this.#database.prepare(ENSURE_RUN).run(id, date, new Date().toISOString());
  }

  /** Inserts or replaces the row of the run; scores and theses stay. */
  recordRun(row: ScanRow): void {
    const { id, scanDate, status, createdAt, durationSeconds, realTickers, generatedTickers } = row;
    const { scored, contracts, theses, stageTimings, itemErrors } = row;
    const head = [id, scanDate, status, createdAt, durationSeconds, realTickers, generatedTickers];
    const tail = [scored, contracts, theses, JSON.stringify(stageTimings)];
    this.#database.prepare(INSERT_RUN).run(...head, ...tail, JSON.stringify(itemErrors));
  }

  /** The scores of all tickers in the order of the ranking, with the recommendation of those that have one. */
  storeScores(
    run: RunDate,
    ranking: readonly Ranked[],
    recommendations: readonly Recommendation[],
  ): void {
    const chosen = new Map(recommendations.map((one) => [one.ticker, JSON.stringify(one)]));
    this.#replace(run, 'ticker_scores', (insert) => {
      ranking.forEach((one, at) => {
        const earnings = one.earnings?.date ?? null;
        const { ticker, origin, score, technicalScore, direction, close } = one;
        const head = [ticker, at + 1, origin, score, technicalScore, direction, close];
        const breakdown = JSON.stringify(one.breakdown);
        const tail = [breakdown, earnings, Number(one.ivCrush), chosen.get(ticker) ?? null];
        insert([...head, ...tail]);
      });
    });
  }

  storeTheses(run: RunDate, theses: readonly FinalThesis[]): void {
    this.#replace(run, 'ai_theses', (insert) => {
      for (const { ticker, model, thesis, bull, bear, cause } of theses) {
        const { direction, conviction, entryRationale, riskFactors, action } = thesis;
        const risks = JSON.stringify(riskFactors);
        const told = [direction, conviction, entryRationale, risks, action];
        insert([ticker, model, ...told, bull, bear, cause]);
      }
    });
  }

  close(): void {
    this.#database.close();
  }

  #replace(
    { id, date }: RunDate,
    table: 'ticker_scores' | 'ai_theses',
    fill: (insert: (values: readonly (string | number | null)[]) => void) => void,
  ): void {
    const columns = table === 'ticker_scores' ? 12 : 11;
    const places = Array.from({ length: columns }, () => '?').join(', ');
    inTransaction(this.#database, () => {
      this.beginRun({ id, date });
      this.#database.prepare(`DELETE FROM ${table} WHERE run_id = ?`).run(id);
      const statement = this.#database.prepare(`INSERT INTO ${table} VALUES (${places})`);
      fill((values) => statement.run(id, ...values));
    });
  }
}

/** A run by its id, and the date that it is about. */
export interface RunDate {
  readonly id: string;
  readonly date: string;
}
