import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { FALLBACK_THESIS } from '../debate/thesis.ts';
import type { Recommendation } from '../options/recommendation.ts';
import { sampleFinalist } from '../testing-local/finalist.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { ScanLedger } from './scan-ledger.ts';
import type { ScanRow } from './scan-row.ts';

const folder = useTemporaryFolder();
const path = (): string => join(folder(), 'deep', 'options-scan.db');
const run = { id: 'run-1', date: '2015-05-11' };

/** Opens, works and closes, as each stage does. */
function write(work: (ledger: ScanLedger) => void): void {
  const ledger = new ScanLedger(path());
  try {
    work(ledger);
  } finally {
    ledger.close();
  }
}

function rows(sql: string): readonly Readonly<Record<string, unknown>>[] {
  const database = new DatabaseSync(path(), { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

const { contract, ...ranked } = sampleFinalist();
const chosen: Recommendation = { ticker: 'AAPL', chain: 'modelled', contract, reason: null };

describe('the tables', () => {
  it('keep a recommendation as JSON, null only where there is none', () => {
    const other = { ...ranked, ticker: 'GE' };
    write((ledger) => ledger.storeScores(run, [ranked, other], [chosen]));
    const [first, second] = rows('SELECT * FROM ticker_scores ORDER BY rank');
    expect(JSON.parse(String(first?.recommendation))).toEqual(chosen);
    expect(JSON.parse(String(first?.breakdown))).toEqual(ranked.breakdown);
    expect(second).toMatchObject({ ticker: 'GE', rank: 2, origin: 'real', recommendation: null });
    expect(rows('SELECT id, status FROM scan_runs')).toEqual([
      { id: 'run-1', status: 'UNFINISHED' },
    ]);
  });

  it('keep the reason of a candidate without a contract', () => {
    const none: Recommendation = { ...chosen, contract: null, reason: 'no expiry' };
    write((ledger) => ledger.storeScores(run, [ranked], [none]));
    expect(rows("SELECT recommendation ->> '$.reason' AS reason FROM ticker_scores")).toEqual([
      { reason: 'no expiry' },
    ]);
  });

  it('hold what was written last, however often a stage runs again', () => {
    const fallen = { ticker: 'AAPL', model: 'fallback', bull: null, bear: null };
    for (const cause of ['slow', 'late']) {
      write((ledger) => {
        ledger.storeScores(run, [ranked], []);
        ledger.storeTheses(run, [{ ...fallen, thesis: FALLBACK_THESIS, cause }]);
      });
    }
    expect(rows('SELECT count(*) AS n FROM ticker_scores')).toEqual([{ n: 1 }]);
    expect(rows('SELECT conviction, action, fallback_cause FROM ai_theses')).toEqual([
      { conviction: 3, action: 'No trade', fallback_cause: 'late' },
    ]);
  });

  it('bring the row of a run up to date and leave its scores alone', () => {
    const row: ScanRow = {
      ...{ id: 'run-1', scanDate: '2015-05-11', status: 'PARTIAL', createdAt: '2026-01-01' },
      ...{ durationSeconds: 1.5, realTickers: 4, generatedTickers: 6, scored: 1 },
      ...{ contracts: 0, theses: 0, stageTimings: { data: 1.2 } },
      itemErrors: [{ stage: 'data', key: 'GE', reason: 'threw', message: "it's missing" }],
    };
    write((ledger) => {
      ledger.beginRun(run);
      ledger.storeScores(run, [ranked], []);
      ledger.recordRun(row);
      ledger.beginRun(run);
    });
    expect(rows("SELECT status, item_errors ->> '$[0].message' AS why FROM scan_runs")).toEqual([
      { status: 'PARTIAL', why: "it's missing" },
    ]);
    expect(rows('SELECT count(*) AS n FROM ticker_scores')).toEqual([{ n: 1 }]);
  });

  it('lose nothing that was there when a write fails half-way', () => {
    write((ledger) => ledger.storeScores(run, [ranked], [chosen]));
    expect(() => write((ledger) => ledger.storeScores(run, [ranked, ranked], []))).toThrow(
      'UNIQUE',
    );
    expect(rows('SELECT recommendation IS NOT NULL AS kept FROM ticker_scores')).toEqual([
      { kept: 1 },
    ]);
  });

  it('are refused with the name of their file when it is no database', () => {
    write(() => {});
    writeFileSync(
      path(),
      'no database at all, but longer than a header of a hundred bytes'.repeat(9),
    );
    expect(() => new ScanLedger(path())).toThrow(`the tables in ${path()} cannot be used`);
    expect(existsSync(path())).toBe(true);
  });
});
