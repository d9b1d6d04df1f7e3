import type { DeleteResult, RunId, SeenLease } from '@millrace/core';
import type { Database, Statement } from '../database.ts';
import { isPlaceIn } from '../rows/run-place.ts';
import { OWNER_COLUMNS, readOwner } from '../rows/run-row.ts';
import { type RunTable, runTables } from './run-tables.ts';

/** Tables that keep what they refer to for a while. The mark is not among the rows of `patch_rows` that go. */
const REFERRING = new Set(['items', 'patch_rows']);

/**
 * Stands among the patches of a deleted run, before all others, with the time in place of an order, and with the number
 * of the run in place of an attempt.
 */
const MARK_ORDER = -1;

interface DeletedRun {
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Rows of one table that a transaction removes at most: some ten milliseconds of work. */
const ROWS_AT_ONCE = 2000;
/** Of events in groups, which are longer. */
const GROUPS_AT_ONCE = 200;

/** Removes some rows of a deleted run. */
interface Removal {
  readonly statement: Statement;
  readonly most: number;
}

const rowsOfMarked = (table: string): string => `
  SELECT place FROM patch_rows AS mark JOIN ${table} ON ${isPlaceIn('mark.attempt')}
  WHERE mark.run = ? AND mark.commit_order = ${MARK_ORDER}`;

/** The numbers of deleted runs. A mark that an older Millrace has made tells none. */
export const SELECT_MARKED = `
  SELECT attempt FROM patch_rows WHERE commit_order = ${MARK_ORDER} AND attempt IS NOT NULL`;

/** All that a deleted run may have left. The mark by which some of it is found goes last. */
export const FORGET_DELETED: readonly string[] = [
  ...['checkpoints', 'event_groups'].map(
    (table) => `DELETE FROM ${table} WHERE place IN (${rowsOfMarked(table)})`,
  ),
  ...['items', 'patch_rows'].map((table) => `DELETE FROM ${table} WHERE run = ?`),
];

/**
 * Deletes runs in pieces. The first transaction takes the run away whole, as all others see it; its rows follow.
 * Its checkpoints, patches and items stay, marked with the time, and with them the values that they refer to, until
 * a sweep drops them; by then nobody can read them any more.
 */
export class RunDeletion {
  readonly #selectRun: Statement;
  readonly #deleteRun: Statement;
  readonly #mark: Statement;
  readonly #records: readonly Removal[];
  readonly #references: readonly Removal[];
  readonly #deleteMark: Statement;
  readonly #selectDeleted: Statement;

  constructor(database: Database) {
    this.#selectRun = database.prepare(
      `SELECT number, fence, beat, ${OWNER_COLUMNS.join(', ')} FROM runs WHERE id = ?`,
    );
    this.#deleteRun = database.prepare('DELETE FROM runs WHERE id = ?');
    this.#mark = database.prepare(`
      INSERT OR REPLACE INTO patch_rows (run, commit_order, write_order, attempt, key, kind, hash)
      VALUES (?, ${MARK_ORDER}, ?, ?, '', 'deleted', '')`);
    const tables = runTables(database);
    const removals = (isReferring: boolean): readonly Removal[] =>
      tables
        .filter(({ name }) => REFERRING.has(name) === isReferring)
        .map((table) => ({ statement: database.prepare(deleteSome(table)), most: ROWS_AT_ONCE }));
    const marked = (table: string, most: number): Removal => {
      const sql = `DELETE FROM ${table} WHERE place IN (${rowsOfMarked(table)} LIMIT ${most})`;
      return { statement: database.prepare(sql), most };
    };
    this.#records = [...removals(false), marked('event_groups', GROUPS_AT_ONCE)];
    // The mark goes last: by it a run whose deletion was cut short is known.
    this.#references = [...removals(true), marked('checkpoints', ROWS_AT_ONCE)];
    this.#deleteMark = database.prepare(
      `DELETE FROM patch_rows WHERE run = ? AND commit_order = ${MARK_ORDER}`,
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
    this.#mark.run(id, at, Number(row.number));
    return { kind: 'deleted' };
  }

  /** @returns true when nothing is left of it but what it refers to */
  removeRecords(run: string): boolean {
    return this.#records.every((removal) => isLast(removal, run));
  }

  /** @returns true when nothing is left of it */
  removeReferences(run: string): boolean {
    if (!this.#references.every((removal) => isLast(removal, run))) return false;
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
  const isNoMark = name === 'patch_rows' ? `AND commit_order <> ${MARK_ORDER}` : '';
  return `
    DELETE FROM ${name} WHERE run = ?1 AND (${key}) IN (
      SELECT ${key} FROM ${name} WHERE run = ?1 ${isNoMark} LIMIT ${ROWS_AT_ONCE})`;
}

/** @returns true when nothing is left to remove */
function isLast({ statement, most }: Removal, run: string): boolean {
  return Number(statement.run(run).changes) < most;
}

/** Steps from run to run along the primary key, instead of reading every row. */
const SELECT_DELETED = `
  WITH RECURSIVE found (run) AS (
    SELECT min(run) FROM patch_rows
    UNION ALL
    SELECT (SELECT min(run) FROM patch_rows WHERE run > found.run) FROM found
    WHERE found.run IS NOT NULL
  )
  SELECT found.run, mark.write_order AS at
  FROM found JOIN patch_rows AS mark ON mark.run = found.run AND mark.commit_order = ${MARK_ORDER}
  WHERE found.run NOT IN (SELECT id FROM runs)`;
