import type { AttemptRecord, CommitBatch, Lease, RunEvent, StageRecord } from '@millrace/core';
import type { Database, SqlValue, Statement } from '../database.ts';
import { type AddedColumn, checksumOf } from '../rows/checksum.ts';

type EventFields = RunEvent & { readonly stage?: string; readonly attempt?: number };

const json = (value: unknown): string | null =>
  value === undefined ? null : JSON.stringify(value);

/**
 * What a process of version 5 writes when it commits. It prepares its statements when it opens the file, so that they
 * may meet the tables of a later version.
 */
export class VersionFiveWriter {
  readonly #database: Database;
  readonly #advance: Statement;
  readonly #attempt: Statement;
  readonly #stage: Statement;
  readonly #patch: Statement;
  readonly #event: Statement;

  constructor(database: Database) {
    this.#database = database;
    this.#advance = database.prepare(`
      UPDATE runs SET beat = beat + 1, last_seq = coalesce(?, last_seq), last_order = last_order + ?
      WHERE id = ? AND fence = ? AND owner_host IS NOT NULL RETURNING last_order`);
    this.#attempt = database.prepare(`
      INSERT INTO attempts
        (run, stage, attempt, start_order, fence, status, started_at, finished_at, failure)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET
        fence = excluded.fence, status = excluded.status, started_at = excluded.started_at,
        finished_at = excluded.finished_at, failure = excluded.failure`);
    this.#stage = database.prepare(`
      INSERT OR REPLACE INTO stages (run, stage, status, attempt, fence, started_at, finished_at,
        duration_ms, fingerprint, fallback, failure, reason, basis, cache_key, origin_run,
        origin_attempt, items, commit_order, checksum)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#patch = database.prepare(`
      INSERT INTO patches (run, commit_order, write_order, stage, attempt, key, kind, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#event = database.prepare(`
      INSERT INTO events (run, seq, at, type, stage, attempt, details)
      VALUES (?, ?, ?, ?, ?, ?, ?)`);
  }

  /** @returns false when the lease is lost */
  commit(lease: Lease, { attempts, stages, events }: CommitBatch): boolean {
    return this.#database.inTransaction(() => {
      const records = attempts.length + stages.length;
      const seq = events.at(-1)?.seq ?? null;
      const row = this.#advance.get(seq, records, lease.runId, lease.fence);
      if (row === undefined) return false;
      let order = Number(row.last_order) - records + 1;
      for (const attempt of attempts) {
        this.#attempt.run(...attemptColumns(lease.runId, order++, attempt));
      }
      for (const stage of stages) this.#writeStage(lease.runId, order++, stage);
      for (const event of events) this.#event.run(...eventColumns(event));
      return true;
    });
  }

  #writeStage(run: string, order: number, stage: StageRecord): void {
    this.#stage.run(...stageColumns(run, order, stage));
    for (const [place, { key, kind, hash }] of stage.writes.entries()) {
      this.#patch.run(run, order, place, stage.stage, stage.attempt, key, kind, hash);
    }
  }
}

function attemptColumns(run: string, order: number, record: AttemptRecord): SqlValue[] {
  const { stage, attempt, fence, status, startedAt, finishedAt, failure } = record;
  return [
    ...[run, stage, attempt, order, fence, status, startedAt],
    finishedAt ?? null,
    json(failure),
  ];
}

function stageColumns(run: string, order: number, record: StageRecord): SqlValue[] {
  const { stage, status, attempt, fence, startedAt, finishedAt, durationMs, fingerprint } = record;
  const columns = [
    ...[run, stage, status, attempt, fence, startedAt ?? null, finishedAt, durationMs],
    ...[fingerprint, record.fallback ? 1 : 0, json(record.failure), record.reason ?? null],
  ];
  const { basis, cacheKey, origin, items } = record;
  const added: readonly AddedColumn[] = [
    ['basis', json(basis)],
    ['cache_key', cacheKey ?? null],
    ['origin_run', origin?.runId ?? null],
    ['origin_attempt', origin?.attempt ?? null],
    ['items', json(items)],
  ];
  const checksum = checksumOf(columns, record.writes, added);
  return [...columns, ...added.map(([, value]) => value), order, checksum];
}

function eventColumns(event: EventFields): SqlValue[] {
  const { seq, at, runId, type, stage, attempt, ...details } = event;
  const text = JSON.stringify(details);
  return [runId, seq, at, type, stage ?? null, attempt ?? null, text === '{}' ? null : text];
}
