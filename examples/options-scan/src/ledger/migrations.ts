/** One change of the schema. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** Holds which migrations have run; made before any of them. */
export const migrationTable = `
  CREATE TABLE IF NOT EXISTS options_scan_migrations (
    version INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL
  ) STRICT`;

/** Append only: a migration that has been released is never edited. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'scans, scores and theses',
    statements: [
      `CREATE TABLE scan_runs (
        id TEXT NOT NULL PRIMARY KEY,
        scan_date TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('UNFINISHED', 'COMPLETED', 'PARTIAL', 'FAILED')),
        created_at TEXT NOT NULL,
        duration_seconds REAL NOT NULL DEFAULT 0,
        real_tickers INTEGER NOT NULL DEFAULT 0,
        generated_tickers INTEGER NOT NULL DEFAULT 0,
        scored INTEGER NOT NULL DEFAULT 0,
        contracts INTEGER NOT NULL DEFAULT 0,
        theses INTEGER NOT NULL DEFAULT 0,
        stage_timings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(stage_timings)),
        item_errors TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(item_errors))
      ) STRICT`,
      `CREATE TABLE ticker_scores (
        run_id TEXT NOT NULL REFERENCES scan_runs (id) ON DELETE CASCADE,
        ticker TEXT NOT NULL,
        rank INTEGER NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('real', 'generated')),
        score REAL NOT NULL,
        technical_score REAL NOT NULL,
        direction TEXT NOT NULL,
        close REAL NOT NULL,
        breakdown TEXT NOT NULL CHECK (json_valid(breakdown)),
        earnings_date TEXT,
        iv_crush INTEGER NOT NULL,
        recommendation TEXT CHECK (json_valid(recommendation)),
        PRIMARY KEY (run_id, ticker)
      ) STRICT, WITHOUT ROWID`,
      'CREATE INDEX ticker_scores_by_ticker ON ticker_scores (ticker, run_id)',
      `CREATE TABLE ai_theses (
        run_id TEXT NOT NULL REFERENCES scan_runs (id) ON DELETE CASCADE,
        ticker TEXT NOT NULL,
        model TEXT NOT NULL,
        direction TEXT NOT NULL,
        conviction INTEGER NOT NULL CHECK (conviction BETWEEN 1 AND 10),
        entry_rationale TEXT NOT NULL,
        risk_factors TEXT NOT NULL CHECK (json_valid(risk_factors)),
        action TEXT NOT NULL,
        bull TEXT,
        bear TEXT,
        fallback_cause TEXT,
        PRIMARY KEY (run_id, ticker)
      ) STRICT, WITHOUT ROWID`,
    ],
  },
];
