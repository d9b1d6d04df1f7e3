import {
  type AcquireResult,
  type CommitBatch,
  type Lease,
  leaseLost,
  MillraceError,
  type NewRun,
  type Owner,
  type RunFilter,
  type RunFinish,
  type RunId,
  type RunRecord,
  type SeenLease,
  type WriteRecord,
} from '@millrace/core';
import { FORGET_DELETED } from './clean-up/run-deletion.ts';
import type { OnDamage } from './damage.ts';
import type { Database, Statement } from './database.ts';
import { wholeMs } from './rows/columns.ts';
import { INSERT_PATCH, patchColumns } from './rows/patch-row.ts';
import { readRows } from './rows/read-row.ts';
import {
  INSERT_RUN,
  newRunColumns,
  OWNER_COLUMNS,
  ownerColumns,
  readOwner,
  readRunRow,
  runChecksum,
  SELECT_RUN_CONTENT,
  SELECT_RUN_FIELDS,
} from './rows/run-row.ts';
import { storeError } from './store-failure.ts';

const DEFAULT_LIMIT = 50;
const WITHOUT_OWNER = OWNER_COLUMNS.map((column) => `${column} = NULL`).join(', ');

/** A run as a batch finds it. */
export interface AdvancedRun {
  readonly number: number;
  /** Of the last record of the batch, among those of the run. */
  readonly lastOrder: number;
}

/** The table `runs`: who owns which run, and how far it is. The caller holds the transaction. */
export class StoredRuns {
  readonly #path: string;
  readonly #onDamage: OnDamage;
  readonly #insert: Statement;
  readonly #insertPatch: Statement;
  readonly #selectOne: Statement;
  readonly #selectMany: Statement;
  readonly #selectFence: Statement;
  readonly #acquire: Statement;
  readonly #renew: Statement;
  readonly #release: Statement;
  readonly #advance: Statement;
  readonly #finish: Statement;
  readonly #selectContent: Statement;
  readonly #forget: readonly Statement[];
  readonly #deleteContext: Statement;
  readonly #setChecksum: Statement;

  constructor(database: Database, path: string, onDamage: OnDamage) {
    this.#path = path;
    this.#onDamage = onDamage;
    this.#insert = database.prepare(INSERT_RUN);
    this.#insertPatch = database.prepare(INSERT_PATCH);
    this.#selectOne = database.prepare(`${SELECT_RUN_FIELDS} WHERE id = ?`);
    this.#selectMany = database.prepare(`
      ${SELECT_RUN_FIELDS}
      WHERE (?1 IS NULL OR pipeline = ?1)
        AND (?2 IS NULL OR status IN (SELECT value FROM json_each(?2)))
      ORDER BY created_at DESC, number DESC LIMIT ?3`);
    this.#selectFence = database.prepare(
      `SELECT fence, beat, ${OWNER_COLUMNS.join(', ')} FROM runs WHERE id = ?`,
    );
    this.#acquire = database.prepare(`
      UPDATE runs SET status = 'running', finished_at = NULL, fence = fence + 1,
        session_start_seq = last_seq,
        ${OWNER_COLUMNS.map((column) => `${column} = ?`).join(', ')}
      WHERE id = ? RETURNING fence`);
    this.#renew = database.prepare(`
      UPDATE runs SET beat = beat + 1
      WHERE id = ? AND fence = ? AND owner_host IS NOT NULL RETURNING beat`);
    this.#release = database.prepare(`UPDATE runs SET ${WITHOUT_OWNER} WHERE id = ? AND fence = ?`);
    this.#advance = database.prepare(`
      UPDATE runs SET beat = beat + 1, last_seq = coalesce(?, last_seq), last_order = last_order + ?
      WHERE id = ? AND fence = ? AND owner_host IS NOT NULL RETURNING number, last_order`);
    this.#finish = database.prepare(`
      UPDATE runs SET status = ?, finished_at = ?, duration_ms = ?, ${WITHOUT_OWNER}
      WHERE id = ?`);
    this.#selectContent = database.prepare(SELECT_RUN_CONTENT);
    this.#forget = FORGET_DELETED.map((sql) => database.prepare(sql));
    this.#deleteContext = database.prepare(
      'DELETE FROM patch_rows WHERE run = ? AND commit_order = 0',
    );
    this.#setChecksum = database.prepare('UPDATE runs SET checksum = ? WHERE id = ?');
  }

  /** @throws MillraceError RUN_EXISTS */
  create(run: NewRun, owner: Owner): Lease {
    if (this.#selectFence.get(run.id) !== undefined) {
      throw new MillraceError('RUN_EXISTS', `the store already has a run ${run.id}`, {
        details: { runId: run.id, path: this.#path },
      });
    }
    // What a deleted run of this id may have left.
    for (const statement of this.#forget) statement.run(run.id);
    this.#insert.run(...newRunColumns(run, owner));
    for (const [place, write] of run.context.entries()) {
      this.#insertPatch.run(...patchColumns(run.id, { order: 0, place }, write));
    }
    return { runId: run.id, fence: 1 };
  }

  /** The row's checksum covers the initial context, so it is taken anew. */
  replaceContext(id: RunId, context: readonly WriteRecord[]): void {
    const row = this.#selectContent.get(id);
    if (row === undefined) return;
    this.#deleteContext.run(id);
    for (const [place, write] of context.entries()) {
      this.#insertPatch.run(...patchColumns(id, { order: 0, place }, write));
    }
    this.#setChecksum.run(runChecksum(row, context), id);
  }

  acquire(id: RunId, owner: Owner, seen: SeenLease | undefined): AcquireResult {
    const row = this.#selectFence.get(id);
    if (row === undefined) return { kind: 'missing' };
    const held = readOwner(row);
    const [fence, beat] = [Number(row.fence), Number(row.beat)];
    const isAsSeen = seen?.fence === fence && (seen.beat ?? beat) === beat;
    if (held !== undefined && !isAsSeen) return { kind: 'held', owner: held, fence };
    if (seen !== undefined && !isAsSeen) return { kind: 'moved' };
    const taken = this.#acquire.get(...ownerColumns(owner), id);
    return { kind: 'acquired', lease: { runId: id, fence: Number(taken?.fence) } };
  }

  /** @throws MillraceError LEASE_LOST */
  renew(lease: Lease): void {
    if (this.#renew.get(lease.runId, lease.fence) === undefined) throw this.#leaseLost(lease);
  }

  release(lease: Lease): void {
    this.#release.run(lease.runId, lease.fence);
  }

  /**
   * Proves the lease and counts the records of a batch.
   * @throws MillraceError LEASE_LOST
   */
  advance(lease: Lease, batch: CommitBatch): AdvancedRun {
    const records = batch.attempts.length + batch.stages.length;
    const lastSeq = batch.events.at(-1)?.seq ?? null;
    const row = this.#advance.get(lastSeq, records, lease.runId, lease.fence);
    if (row === undefined) throw this.#leaseLost(lease);
    return { number: Number(row.number), lastOrder: Number(row.last_order) };
  }

  finish(id: RunId, finish: RunFinish): void {
    this.#finish.run(finish.status, wholeMs(finish.finishedAt), finish.durationMs, id);
  }

  /** @throws MillraceError STORE_CORRUPT */
  find(id: RunId): RunRecord | undefined {
    const row = this.#selectOne.get(id);
    if (row === undefined) return undefined;
    const read = readRunRow(row);
    if (read.ok) return read.value;
    throw storeError('STORE_CORRUPT', `run ${id} is damaged in ${this.#path}: ${read.problem}`, {
      path: this.#path,
      details: { runId: id, reason: read.problem },
    });
  }

  list(filter: RunFilter): readonly RunRecord[] {
    const statuses = filter.statuses === undefined ? null : JSON.stringify(filter.statuses);
    const limit = filter.limit ?? DEFAULT_LIMIT;
    const rows = this.#selectMany.iterate(filter.pipeline ?? null, statuses, limit);
    return readRows(rows, readRunRow, (row, reason) => {
      const id = String(row.id);
      this.#onDamage({ table: 'runs', runId: id, record: id, reason });
    });
  }

  #leaseLost(lease: Lease): MillraceError {
    const newest = this.#selectFence.get(lease.runId)?.fence;
    return leaseLost(lease, newest === undefined ? undefined : Number(newest));
  }
}
