import { type Leftovers, namedHashes, type RunId } from '@millrace/core';
import type { ArtifactFiles } from '../artifact-files.ts';
import type { Database, Statement } from '../database.ts';
import { isPlaceIn } from '../rows/run-place.ts';
import { SELECT_MARKED } from './run-deletion.ts';
import { tablesOfTexts } from './run-tables.ts';
import { ValueBodies } from './value-bodies.ts';

const TEMPORARY_TABLES = `
  CREATE TEMP TABLE IF NOT EXISTS referred (hash TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TEMP TABLE IF NOT EXISTS unreferred (
    hash TEXT PRIMARY KEY, is_bytes INTEGER, bytes INTEGER, in_file INTEGER) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS temp.unreferred_by_kind ON unreferred (is_bytes);
  CREATE TEMP TABLE IF NOT EXISTS seen_runs (
    id TEXT PRIMARY KEY, fence INTEGER, beat INTEGER, last_order INTEGER) WITHOUT ROWID;
  DELETE FROM referred; DELETE FROM unreferred; DELETE FROM seen_runs;`;

/** The hashes in the basis of a stage; a damaged one refers to nothing, as it counts for nothing. */
const BASIS_HASHES = `
  SELECT json_each.value AS hash FROM stage_rows, json_each(
    CASE WHEN typeof(basis) = 'text' AND json_valid(basis)
      THEN json_array(basis ->> '$.code', basis ->> '$.params') ELSE '[]' END)`;

const ITEM_HASHES = `
  SELECT hash FROM (
    SELECT run, basis AS hash FROM items
    UNION ALL SELECT run, result FROM items WHERE result IS NOT NULL) AS items`;

const SEEN = 'SELECT id, fence, beat, last_order FROM runs';

/** What one transaction removes at most: a body of many pages takes a while, page by page. */
const VALUES_AT_ONCE = 500;
const INLINE_BYTES_AT_ONCE = 16 * 2 ** 20;

/** A value that may be removed, as far as was known when the others were looked through. */
export interface UnreferredValue {
  readonly hash: string;
  readonly bytes: number;
  readonly inFile: boolean;
}

/**
 * Finds the values that no run refers to. What it knows lies in temporary tables, which SQLite keeps on disk when
 * they grow and drops with the connection; the store is only read.
 */
export class UnreferredValues {
  readonly #database: Database;
  readonly #bodies: ValueBodies;
  readonly #selectSome: Statement;
  readonly #withdraw: Statement;
  readonly #selectNewCheckpoints: Statement;
  readonly #selectMoved: Statement;
  readonly #withdrawNew: readonly Statement[];
  readonly #remove: Statement;
  readonly #texts: readonly Statement[];
  /** So many rows of texts there were. */
  #textCount = 0;

  /** @param without runs that count as gone */
  constructor(
    database: Database,
    files: ArtifactFiles | undefined,
    without: readonly RunId[] = [],
  ) {
    this.#database = database;
    database.exec(TEMPORARY_TABLES);
    this.#withdraw = database.prepare('DELETE FROM unreferred WHERE hash = ?');
    this.#bodies = new ValueBodies(database, files);
    this.#texts = tablesOfTexts(database).map(({ name }) =>
      database.prepare(`SELECT * FROM ${name}`),
    );
    database.inSnapshot(() => {
      this.#fill(JSON.stringify(without));
      this.#withdrawInTexts(new Set<string>(without));
    });
    this.#withdrawNamed();
    this.#selectNewCheckpoints = database.prepare(`
      SELECT body FROM runs JOIN checkpoints ON ${isPlaceIn('runs.number', '?2')}
      WHERE runs.id = ?1`);
    this.#selectSome = database.prepare(`
      SELECT hash, bytes, in_file FROM unreferred WHERE is_bytes <= ?
      ORDER BY is_bytes LIMIT ${VALUES_AT_ONCE}`);
    this.#selectMoved = database.prepare(`
      SELECT runs.id, coalesce(seen.last_order, 0) AS last_order
      FROM runs LEFT JOIN seen_runs AS seen ON seen.id = runs.id
      WHERE seen.id IS NULL OR seen.fence <> runs.fence OR seen.beat <> runs.beat`);
    this.#withdrawNew = [
      `DELETE FROM unreferred WHERE hash IN (
        SELECT hash FROM patch_rows WHERE run = ?1 AND (commit_order = 0 OR commit_order > ?2))`,
      `DELETE FROM unreferred WHERE hash IN (
        ${BASIS_HASHES} WHERE stage_rows.run = ?1 AND stage_rows.commit_order > ?2)`,
      // Items bear no order; ?2 is there so that all are called alike.
      `DELETE FROM unreferred WHERE hash IN (${ITEM_HASHES} WHERE run = ?1 AND ?2 IS NOT NULL)`,
    ].map((sql) => database.prepare(sql));
    this.#remove = database.prepare('DELETE FROM "values" WHERE hash = ?');
  }

  /** How many there are, and how large. */
  count(): Leftovers {
    const row = this.#database
      .prepare('SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM unreferred')
      .get();
    return { values: Number(row?.count), bytes: Number(row?.bytes) };
  }

  /**
   * Withdraws what runs that have moved since refer to by now. Within a transaction it is the whole truth but for
   * one thing: what is named inside of their new values.
   * @returns whether any run has moved
   */
  withdrawNew(): boolean {
    const moved = this.#selectMoved.all();
    for (const { id, last_order } of moved) {
      const [run, order] = [String(id), Number(last_order)];
      for (const statement of this.#withdrawNew) statement.run(run, order);
      for (const { body } of this.#selectNewCheckpoints.iterate(run, order)) {
        for (const hash of namedHashes(String(body))) this.#withdraw.run(hash);
      }
    }
    if (moved.length > 0) this.#database.exec(`INSERT OR REPLACE INTO seen_runs ${SEEN}`);
    // What is sent to a run moves nothing of it.
    this.#withdrawInTexts(new Set());
    return moved.length > 0;
  }

  /**
   * Removes some of them from the store; the caller holds the transaction and has withdrawn what is new.
   * @param withBytes whether values that may be artifacts go, too
   */
  remove(withBytes: boolean): readonly UnreferredValue[] {
    const removed: UnreferredValue[] = [];
    let inlineBytes = 0;
    for (const { hash, bytes, in_file } of this.#selectSome.all(withBytes ? 1 : 0)) {
      const value = { hash: String(hash), bytes: Number(bytes), inFile: in_file === 1 };
      this.#remove.run(value.hash);
      this.#withdraw.run(value.hash);
      removed.push(value);
      if (!value.inFile) inlineBytes += value.bytes;
      if (inlineBytes >= INLINE_BYTES_AT_ONCE) break;
    }
    return removed;
  }

  #fill(without: string): void {
    this.#database
      .prepare(`
        WITH gone (id) AS (SELECT value FROM json_each(?))
        INSERT OR IGNORE INTO referred
        SELECT hash FROM patch_rows WHERE run NOT IN (SELECT id FROM gone)
        UNION
        ${BASIS_HASHES} WHERE stage_rows.run NOT IN (SELECT id FROM gone)
        UNION
        ${ITEM_HASHES} WHERE run NOT IN (SELECT id FROM gone)`)
      .run(without);
    this.#fillFromCheckpoints(without);
    this.#database.exec(`
      INSERT INTO unreferred
        SELECT hash, codec IS 'bytes', byte_length, body IS NULL FROM "values"
        WHERE hash NOT IN (SELECT hash FROM referred);
      DELETE FROM referred;
      INSERT INTO seen_runs ${SEEN}`);
  }

  /**
   * Whatever looks like a hash counts: what a stage wrote, its params and its code. So a damaged checkpoint, which
   * cannot be read as what it was, keeps what it names.
   */
  #fillFromCheckpoints(without: string): void {
    const insert = this.#database.prepare('INSERT OR IGNORE INTO referred VALUES (?)');
    const select = this.#database.prepare(`
      WITH gone (id) AS (SELECT value FROM json_each(?))
      SELECT body FROM checkpoints WHERE place >> 32 NOT IN (
        SELECT number FROM runs WHERE id IN (SELECT id FROM gone)
        UNION
        ${SELECT_MARKED} AND run IN (SELECT id FROM gone))`);
    for (const { body } of select.iterate(without)) {
      for (const hash of namedHashes(String(body))) insert.run(hash);
    }
  }

  /** What other tables say of runs may name a value of any kind. */
  #withdrawInTexts(without: ReadonlySet<string>): void {
    let count = 0;
    const hashes = new Set<string>();
    for (const select of this.#texts) {
      for (const row of select.iterate()) {
        count += 1;
        if (without.has(String(row.run))) continue;
        for (const column of Object.values(row)) {
          if (typeof column === 'string') for (const hash of namedHashes(column)) hashes.add(hash);
        }
      }
    }
    if (count === this.#textCount && without.size === 0) return;
    this.#textCount = count;
    for (const hash of hashes) this.#withdraw.run(hash);
  }

  /** An artifact is referred to by its hash inside of a value, or of what the run was started with. */
  #withdrawNamed(): void {
    const artifacts = new Set(
      this.#database
        .prepare('SELECT hash FROM unreferred WHERE is_bytes = 1')
        .all()
        .map(({ hash }) => String(hash)),
    );
    if (artifacts.size === 0) return;
    const named: string[] = [];
    const lookThrough = (text: string): void => {
      for (const hash of namedHashes(text)) if (artifacts.delete(hash)) named.push(hash);
    };
    for (const text of this.#bodies.referred()) lookThrough(text);
    for (const { source } of this.#database.prepare('SELECT source FROM runs').iterate()) {
      lookThrough(String(source));
    }
    for (let hash = named.pop(); hash !== undefined; hash = named.pop()) {
      lookThrough(this.#bodies.textOf(hash));
      this.#withdraw.run(hash);
    }
  }
}
