import type { DeleteResult, RunId, SeenLease } from '@millrace/core';
import type { Database, Statement } from '../database.ts';
import { OWNER_COLUMNS, readOwner } from '../rows/run-row.ts';
import { type RunTable, runTables } from './run-tables.ts';

/** Tables that keep what they refer to for a while. The mark is not among the rows of `patches` that go. */
const REFERRING = new Set(['items', 'patches']);

/** Stands among the patches of a deleted run, before all others, with the time in place of an order. */
const MARK_ORDER = -1;

interface DeletedRun {
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Rows of one table that a transaction removes at most: some ten milliseconds of work. */
const ROWS_AT_ONCE = 2000;

/**
 * Deletes runs in pieces. The first transaction takes the run away whole, as all others see it; its rows follow.
 * Its patches and items stay, marked with the time, and with them the values that they refer to, until a sweep
 * drops them; by then nobody can read them any more.
 */
export class RunDeletion {
  readonly #selectRun: Statement;
  readonly #deleteRun: Statement;
  readonly #mark: Statement;
  readonly #deleteRecords: readonly Statement[];
  readonly #deleteReferences: readonly Statement[];
  readonly #deleteMark: Statement;
  readonly #selectDeleted: Statement;

  constructor(database: Database) {
    this.#selectRun = database.prepare(
      `SELECT fence, beat, ${OWNER_COLUMNS.join(', ')} FROM runs WHERE id = ?`,
    );
    this.#deleteRun = database.prepare('DELETE FROM runs WHERE id = ?');
    this.#mark = database.prepare(`
      INSERT OR REPLACE INTO patches (run, commit_order, write_order, key, kind, hash)
      VALUES (?, ${MARK_ORDER}, ?, '', 'deleted', '')`);
    const tables = runTables(database);
    const deletes = (isReferring: boolean): readonly Statement[] =>
      tables
        .filter(({ name }) => REFERRING.has(name) === isReferring)
        .map((table) => database.prepare(deleteSome(table)));
    this.#deleteRecords = deletes(false);
    // The mark goes last: by it a run whose deletion was cut short is known.
    this.#deleteReferences = deletes(true);
    this.#deleteMark = database.prepare(
      `DELETE FROM patches WHERE run = ? AND commit_order = ${MARK_ORDER}`,
    );
    this.#selectDeleted = database.prepare(SELECT_DELETED);
  }

  /** The caller holds the transaction. What is left of the run is removed by {@link removeRecords}. */
  delete(id: RunId, seen: SeenLease, at: number): DeleteResult {
    const row = this.#selectRun.get(id);
    if (row === undefined) return { kind: 'missing' };
    const owner = readOwner(row);
    const [fence, beat] = [Number(row.fence), Number(row.beat)];
    if (seen.fence !== fence || (seen.beat ?? beat) !== beat) {
      return owner === undefined ? { kind: 'moved' } : { kind: 'held', owner, fence };
    }
    this.#deleteRun.run(id);
    this.#mark.run(id, at);
    return { kind: 'deleted' };
  }

  /** @returns true when nothing is left of it but what it refers to */
  removeRecords(run: string): boolean {
    return this.#deleteRecords.every((statement) => isLast(statement.run(run)));
  }

  /** @returns true when nothing is left of it */
  removeReferences(run: string): boolean {
    if (!this.#deleteReferences.every((statement) => isLast(statement.run(run)))) return false;
    this.#deleteMark.run(run);
    return true;
  }

  /**
   * Runs that are gone but for what is still to be removed, and when they went. Rows of a run that was never
   * deleted are none of these, also when the row of the run itself is damaged.
   */
  deleted(): readonly DeletedRun[] {
    return this.#selectDeleted.all().map(({ run, at }) => ({ run: String(run), at: Number(at) }));
  }
}

function deleteSome({ name, key }: RunTable): string {
  const isNoMark = name === 'patches' ? `AND commit_order <> ${MARK_ORDER}` : '';
  return `
    DELETE FROM ${name} WHERE run = ?1 AND (${key}) IN (
      SELECT ${key} FROM ${name} WHERE run = ?1 ${isNoMark} LIMIT ${ROWS_AT_ONCE})`;
}

function isLast({ changes }: { readonly changes: number | bigint }): boolean {
  return Number(changes) < ROWS_AT_ONCE;
}

/** Steps from run to run along the primary key, instead of reading every row. */
const SELECT_DELETED = `
  WITH RECURSIVE found (run) AS (
    SELECT min(run) FROM patches
    UNION ALL
    SELECT (SELECT min(run) FROM patches WHERE run > found.run) FROM found
    WHERE found.run IS NOT NULL
  )
  SELECT found.run, mark.write_order AS at
  FROM found JOIN patches AS mark ON mark.run = found.run AND mark.commit_order = ${MARK_ORDER}
  WHERE found.run NOT IN (SELECT id FROM runs)`;
