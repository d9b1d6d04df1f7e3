import type { Database } from '../database.ts';

/** A table whose rows name their run by its id. */
export interface RunTable {
  readonly name: string;
  /** The columns that name a row within its run. */
  readonly key: string;
}

const SELECT_TABLES = `
  SELECT tables.name, (
    SELECT group_concat(name, ', ') FROM pragma_table_info(tables.name) WHERE pk > 0 AND name <> 'run'
  ) AS key
  FROM sqlite_schema AS tables
  WHERE tables.type = 'table'
    AND EXISTS (SELECT 1 FROM pragma_table_info(tables.name) WHERE name = 'run')
  ORDER BY tables.name`;

/** All of them, as the file has them: a table that a later migration adds is none that a clean-up forgets. */
export function runTables(database: Database): readonly RunTable[] {
  return database
    .prepare(SELECT_TABLES)
    .all()
    .map(({ name, key }) => ({ name: String(name), key: key === null ? 'rowid' : String(key) }));
}

/** What is looked through on its own. */
const REFERRING = new Set(['stage_rows', 'patch_rows', 'items']);
/** What holds the words of the engine alone, and would be long to look through. */
const WITHOUT_VALUES = new Set(['event_rows', 'attempts']);

/** Tables in whose texts hashes may stand. */
export function tablesOfTexts(database: Database): readonly RunTable[] {
  return runTables(database).filter(
    ({ name }) => !REFERRING.has(name) && !WITHOUT_VALUES.has(name),
  );
}
