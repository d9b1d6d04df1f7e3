import { readFileSync, writeFileSync } from 'node:fs';
import { tables } from '../migrations/0001-tables.ts';
import { openVersionOneFile } from './version-one-file.ts';

/**
 * A file of version 1 with a value that SQLite writes into no STRICT table, so the words that forbid it come into
 * the file afterwards.
 */
export function damageVersionOneFile(path: string, damage: string): void {
  const sql = tables.sql.replace(/CREATE TABLE (?:runs|stages)[^;]*/g, lax);
  const old = openVersionOneFile(path, { ...tables, sql });
  old.exec(damage);
  old.close();
  writeFileSync(path, strict(readFileSync(path, 'latin1')), 'latin1');
}

/** Comments of the same length take the place of the words; SQLite keeps none behind the last bracket. */
function lax(text: string): string {
  return text.replaceAll(') STRICT', '/*lax*/)').replaceAll('NOT NULL', '/*----*/');
}

function strict(text: string): string {
  return text.replaceAll('/*lax*/)', ') STRICT').replaceAll('/*----*/', 'NOT NULL');
}
