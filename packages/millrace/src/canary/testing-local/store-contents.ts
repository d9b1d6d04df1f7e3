import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inspect } from 'node:util';
import { readContext } from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import { DatabaseSync } from '../../testing-local/database.ts';

/** The files below a folder by their path inside it, links left out. */
export function filesIn(folder: string): ReadonlyMap<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => join(folder, name)).filter((file) => statSync(file).isFile());
  return new Map(files.map((file) => [relative(folder, file), readFileSync(file)]));
}

/** The rows of every table of an SQLite file as text, by the name of the table; bytes as Latin-1. */
export function tablesIn(file: string): ReadonlyMap<string, string> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
      .all();
    return new Map(
      tables.map(({ name }) => {
        const rows = database.prepare(`SELECT * FROM "${name}"`).all();
        const cells = rows.flatMap((row) => Object.values(row).map(cellText));
        return [String(name), cells.join('\n')];
      }),
    );
  } finally {
    database.close();
  }
}

function cellText(cell: unknown): string {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString() : String(cell);
}

/** All that the store gives back of each of its runs, values decoded, as one text per run. */
export async function recordsIn(spec: string): Promise<ReadonlyMap<string, string>> {
  const store = await openStore(spec, { readOnly: true });
  try {
    const texts = new Map<string, string>();
    for (const run of await store.listRuns({ limit: 100 })) {
      const values = await readContext(store, run.id);
      const context = new Map(values.keys().map((key) => [key, values.get(key)]));
      const stages = await store.loadStages(run.id);
      const attempts = await store.loadAttempts(run.id);
      const events = await store.loadEvents(run.id, 0, 100_000);
      texts.set(run.id, everyText({ run, context, stages, attempts, events }));
    }
    return texts;
  } finally {
    await store.close();
  }
}

/** Texts and bytes as they are, numbers as they print, names of keys too. */
function everyText(value: unknown): string {
  if (typeof value === 'string') return `${value}\n`;
  if (value instanceof Uint8Array) return `${Buffer.from(value).toString()}\n`;
  if (value instanceof Map) return [...value].map(everyText).join('');
  if (value instanceof Set || Array.isArray(value)) return [...value].map(everyText).join('');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(everyText).join('');
  return `${inspect(value)}\n`;
}
