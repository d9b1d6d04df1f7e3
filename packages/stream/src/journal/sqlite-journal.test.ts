import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { encodeValue, MillraceError, sealValue } from '@millrace/core';
import { Database } from './database.ts';
import { MemoryJournal } from './memory-journal.ts';
import type { AcceptedMessage, MessageJournal } from './message-journal.ts';
import { requireSoundSqlite } from './require-sound-sqlite.ts';
import { SqliteJournal } from './sqlite-journal.ts';

const WINDOW = { windowMs: 1000, limit: 100 };
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-journal-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => join(folder, 'deep', 'journal.db');

function messageOf(seq: number, value: unknown, acceptedAt = 0): AcceptedMessage {
  const sealed = sealValue(value);
  if (!sealed.ok) throw new MillraceError('VALUE_UNSTORABLE', sealed.problem.message);
  const encoded = encodeValue(sealed.value);
  return { seq, id: `m${seq}`, key: 'k', dedupeKey: undefined, acceptedAt, value: encoded };
}

const VALUES = [
  { a: [1] },
  new Map([[1n, new Date(3)]]),
  new Uint8Array([1, 0, 255]),
  'text',
  null,
];

describe.each([
  ['sqlite', () => new SqliteJournal(file(), { synchronous: 'normal' })],
  ['memory', () => new MemoryJournal()],
] as [string, () => MessageJournal][])('%s', (_, make) => {
  test('messages come back in order and as they were, until they end', async () => {
    const journal = make();
    expect(await journal.open(0, WINDOW)).toMatchObject({ lastSeq: 0, seen: [] });
    const accepted = VALUES.map((value, at) => messageOf(at + 1, value));
    await journal.commit({ accepted, ended: [], at: 0 });
    await journal.commit({
      accepted: [],
      ended: [
        { seq: 2, status: 'done', failure: undefined },
        { seq: undefined, status: 'duplicate', failure: undefined },
        { seq: 4, status: 'failed', failure: { code: 'STAGE_THREW', message: 'no' } },
      ],
      at: 5,
    });
    await journal.close();
    const { counts, lastSeq, seen } = await journal.open(10, WINDOW);
    expect(counts).toEqual({
      received: 6,
      statuses: { done: 1, duplicate: 1, failed: 1 },
      unfinished: 3,
    });
    expect([lastSeq, seen.map(({ id }) => id)]).toEqual([5, ['m1', 'm2', 'm3', 'm4', 'm5']]);
    const page = await journal.unfinished(1, 1);
    expect(page).toMatchObject([{ seq: 3, id: 'm3', key: 'k', value: { ok: true } }]);
    expect(page[0]?.value).toEqual({ ok: true, value: new Uint8Array([1, 0, 255]) });
    expect(await journal.deadLetters()).toEqual([
      {
        id: 'm4',
        key: 'k',
        value: 'text',
        status: 'failed',
        failure: { code: 'STAGE_THREW', message: 'no' },
        at: 5,
      },
    ]);
    await journal.close();
  });

  test('ended messages are forgotten after the window, and their counts and numbers are kept', async () => {
    const journal = make();
    await journal.open(0, WINDOW);
    const accepted = [messageOf(1, 1, 0), messageOf(2, 2, 600)];
    const ended = accepted.map(({ seq }) => ({ seq, status: 'done', failure: undefined }));
    await journal.commit({ accepted, ended, at: 700 });
    await journal.close();
    const contents = await journal.open(1200, WINDOW);
    expect(contents.seen.map(({ id }) => id)).toEqual(['m2']);
    expect(contents).toMatchObject({ lastSeq: 2, counts: { received: 2, statuses: { done: 2 } } });
    await journal.close();
    expect(await journal.open(9999, WINDOW)).toMatchObject({ seen: [], lastSeq: 2 });
    await journal.close();
  });

  test('it has one owner at a time', async () => {
    const journal = make();
    await journal.open(0, WINDOW);
    await expect(journal.open(0, WINDOW)).rejects.toMatchObject({ code: 'JOURNAL_HELD' });
    await journal.close();
  });
});

test('a file that is another connection of the same journal is held', async () => {
  const holder = new SqliteJournal(file());
  await holder.open(0, WINDOW);
  await expect(new SqliteJournal(file()).open(0, WINDOW)).rejects.toMatchObject({
    code: 'JOURNAL_HELD',
    message: `another process has the journal ${file()} open`,
  });
  await holder.close();
});

test('a file that is no journal is left as it is', async () => {
  const text = join(folder, 'text.db');
  writeFileSync(text, 'not a database at all, but long enough to look like one '.repeat(40));
  await expect(new SqliteJournal(text).open(0, WINDOW)).rejects.toMatchObject({
    code: 'JOURNAL_UNUSABLE',
  });
  const other = join(folder, 'other.db');
  const database = new Database(other, 0);
  database.exec('CREATE TABLE things (id INTEGER)');
  database.close();
  await expect(new SqliteJournal(other).open(0, WINDOW)).rejects.toThrow(
    'is a database, and no journal',
  );
  await expect(new SqliteJournal(join(text, 'x.db')).open(0, WINDOW)).rejects.toMatchObject({
    code: 'JOURNAL_UNUSABLE',
  });
});

test('a newer journal is refused', async () => {
  const journal = new SqliteJournal(file());
  await journal.open(0, WINDOW);
  await journal.close();
  const database = new Database(file(), 0);
  database.exec('PRAGMA user_version = 99');
  database.close();
  await expect(journal.open(0, WINDOW)).rejects.toThrow('is of version 99, which is newer than 1');
});

test.each(['3.51.2', '3.45.1', '2.99.99'])(
  'an SQLite that can lose commits is refused: %s',
  (version) => {
    expect(() => requireSoundSqlite(version, 'v22.0.0')).toThrow(
      `Node v22.0.0 carries SQLite ${version}, which can lose commits; a journal needs 3.51.3 or newer`,
    );
  },
);

test.each(['3.51.3', '3.53.4', '4.0.0'])('a sound SQLite is taken: %s', (version) => {
  expect(() => requireSoundSqlite(version)).not.toThrow();
});
