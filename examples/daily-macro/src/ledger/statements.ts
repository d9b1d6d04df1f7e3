import { Book } from '../book/book.ts';
import { RunRow } from './run-ledger.ts';

/** SQL that SQLite and PostgreSQL both run, parameters numbered from $1. */
export const insertRun = `
  INSERT INTO pipeline_runs (id, run_date, status, duration_seconds, step_timings, signal_count, position_count,
    regime, summary, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT (id) DO UPDATE SET run_date = excluded.run_date, status = excluded.status,
    duration_seconds = excluded.duration_seconds, step_timings = excluded.step_timings,
    signal_count = excluded.signal_count, position_count = excluded.position_count, regime = excluded.regime,
    summary = excluded.summary, created_at = excluded.created_at`;

export const selectRecent = 'SELECT * FROM pipeline_runs ORDER BY created_at DESC, id LIMIT $1';

export const insertBook = `
  INSERT INTO books (run_date, book, created_at) VALUES ($1, $2, $3)
  ON CONFLICT (run_date) DO UPDATE SET book = excluded.book, created_at = excluded.created_at`;

export const selectBookBefore =
  'SELECT book FROM books WHERE run_date < $1 ORDER BY run_date DESC LIMIT 1';

export const selectMigrations = 'SELECT version FROM daily_macro_migrations ORDER BY version';

export const insertMigration =
  'INSERT INTO daily_macro_migrations (version, name, applied_at) VALUES ($1, $2, $3)';

/** A value that both drivers bind. */
export type SqlValue = string | number | null;

export function runValues(row: RunRow): SqlValue[] {
  return [
    row.id,
    row.runDate,
    row.status,
    row.durationSeconds,
    JSON.stringify(row.stepTimings),
    row.signalCount,
    row.positionCount,
    row.regime,
    row.summary,
    row.createdAt,
  ];
}

/** Drivers hand back JSON as text or parsed, dates as text or Date. */
const parsed = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);
const instant = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

export function toRunRow(row: Readonly<Record<string, unknown>>): RunRow {
  return RunRow.parse({
    id: row.id,
    runDate: row.run_date,
    status: row.status,
    durationSeconds: row.duration_seconds,
    stepTimings: parsed(row.step_timings),
    signalCount: row.signal_count,
    positionCount: row.position_count,
    regime: row.regime,
    summary: row.summary,
    createdAt: instant(row.created_at),
  });
}

export function toBook(row: Readonly<Record<string, unknown>>): Book {
  return Book.parse(parsed(row.book));
}
