import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '@millrace/sqlite';
import { GENERATED } from './generated-note.ts';
import { STORE_TABLES, STORE_VIEWS, type StoreTable, WIDE_VIEWS } from './store-tables.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
  /** 2 for a column that is computed and takes no space. */
  readonly hidden: number;
}

/** The page of the tables, read from a store that was just made. */
export function storePage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-docs-'));
  const file = join(folder, 'store.db');
  try {
    openSqliteStore(file).close();
    const database = new DatabaseSync(file);
    const tables = namesOf(database, 'table').map((name) => {
      return tableSection(name, known(STORE_TABLES, name), columnsOf(database, name));
    });
    const views = namesOf(database, 'view');
    const wideViews = views
      .filter((name) => name in WIDE_VIEWS)
      .map((name) => viewSection(name, known(WIDE_VIEWS, name), columnsOf(database, name)));
    const readable = views.filter((name) => !(name in WIDE_VIEWS));
    const version = database.prepare('PRAGMA user_version').get()?.user_version;
    database.close();
    const parts = [GENERATED, '# Store tables', intro(Number(version)), readableSection(readable)];
    return `${[...parts, ...wideViews, ...tables].join('\n\n')}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function intro(version: number): string {
  return `The embedded store is one SQLite file (\`PRAGMA user_version\` is ${version}). You may read it with any SQLite
client, also while a run goes on. Do not write to it. Columns that end in \`_at\` are milliseconds since 1970, UTC.
[Query the store](../guides/query-the-store.md) has examples.

Query the views. The tables are made to be written fast: their rows hold several things at once, as JSON without
names, and they change from version to version.`;
}

function readableSection(views: readonly string[]): string {
  const rows = views.map((name) => `| \`${name}\` | ${known(STORE_VIEWS, name)} |`);
  return `## Views for people\n\n| view | shows |\n|---|---|\n${rows.join('\n')}`;
}

function columnsOf(database: DatabaseSync, table: string): Column[] {
  return database
    .prepare('SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)')
    .all(table)
    .map(({ name, type, pk, hidden }) => ({
      name: String(name),
      type: String(type),
      pk: Number(pk),
      hidden: Number(hidden),
    }));
}

function namesOf(database: DatabaseSync, type: 'table' | 'view'): string[] {
  return database
    .prepare('SELECT name FROM sqlite_schema WHERE type = ? ORDER BY rootpage, rowid')
    .all(type)
    .map(({ name }) => String(name));
}

function tableSection(
  table: string,
  { text, columns: texts }: StoreTable,
  columns: readonly Column[],
): string {
  const rows = columns.map(({ name, type, pk, hidden }) => {
    const note = pk > 0 ? ', key' : hidden > 0 ? ', computed' : '';
    return `| \`${name}\` | ${type}${note} | ${known(texts, name, `${table}.`)} |`;
  });
  return `## ${table}\n\n${text}\n\n| column | type | holds |\n|---|---|---|\n${rows.join('\n')}`;
}

/** Without types: SQLite tells none of what is computed. */
function viewSection(
  view: string,
  { text, columns: texts }: StoreTable,
  columns: readonly Column[],
): string {
  const rows = columns.map(({ name }) => `| \`${name}\` | ${known(texts, name, `${view}.`)} |`);
  return `## ${view}\n\n${text}\n\n| column | holds |\n|---|---|\n${rows.join('\n')}`;
}

function known<Value>(texts: Readonly<Record<string, Value>>, name: string, of = ''): Value {
  const text = texts[name];
  if (text === undefined)
    throw new Error(`docs/tools/store-tables.ts says nothing of ${of}${name}`);
  return text;
}
