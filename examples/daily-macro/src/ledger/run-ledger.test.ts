import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { emptyBook } from '../book/book.ts';
import { daily, runIdIn, TemporaryHome } from '../testing-local/daily.ts';
import { findPostgres } from '../testing-local/postgres/find-postgres.ts';
import { PostgresServer } from '../testing-local/postgres/postgres-server.ts';
import { openLedger, peekBook } from './open-ledger.ts';
import { PostgresRunLedger } from './postgres-run-ledger.ts';
import type { RunLedger, RunRow } from './run-ledger.ts';
import { SqliteRunLedger } from './sqlite-run-ledger.ts';

// Whole runs and real processes: seconds on a busy machine.

const postgres = findPostgres();

const row = (id: number, more: Partial<RunRow> = {}): RunRow => ({
  id: `20261121-12000${id}-abcdefgh`,
  ...{ runDate: '2000-05-15', status: 'SUCCESS', durationSeconds: 1.25 },
  ...{ stepTimings: { ingest: 0.5, quality: 0.75 }, signalCount: 23, positionCount: 9 },
  ...{ regime: 'neutral', summary: '{"x":1}', createdAt: `2000-05-15T0${id}:00:00.000Z` },
  ...more,
});
const book = (date: string, equityDollars: number) => ({ ...emptyBook, date, equityDollars });

interface OpenedLedger {
  readonly ledger: RunLedger;
  readonly close: () => Promise<void>;
}

function describeLedger(kind: string, open: () => Promise<OpenedLedger>): void {
  describe(`a ledger in ${kind}`, () => {
    let opened: OpenedLedger;
    let ledger: RunLedger;
    beforeEach(async () => {
      opened = await open();
      ledger = opened.ledger;
    });
    afterEach(() => opened.close());

    it('gives back the rows it was given, newest first', async () => {
      const failed = row(2, { status: 'FAILED', regime: null, signalCount: 0 });
      await ledger.record(row(1));
      await ledger.record(failed);
      expect(await ledger.recent(10)).toEqual([failed, row(1)]);
      expect(await ledger.recent(1)).toEqual([failed]);
    });

    it('keeps one row for a run that is recorded again after a resume', async () => {
      await ledger.record(row(1, { status: 'FAILED' }));
      await ledger.record(row(1, { durationSeconds: 9 }));
      expect(await ledger.recent(10)).toEqual([row(1, { durationSeconds: 9 })]);
    });

    it('refuses a status that the schema does not know', async () => {
      const wrong = { ...row(1), status: 'OK' } as unknown as RunRow;
      await expect(ledger.record(wrong)).rejects.toThrow(/check/i);
    });

    it('starts a run from the newest book before its date, so that a repeated date starts the same', async () => {
      expect(await ledger.bookBefore('2000-05-15')).toBeUndefined();
      await ledger.saveBook(book('2000-05-12', 1), '2000-05-12T00:00:00Z');
      await ledger.saveBook(book('2000-05-15', 2), '2000-05-15T00:00:00Z');
      expect((await ledger.bookBefore('2000-05-15'))?.equityDollars).toBe(1);
      expect((await ledger.bookBefore('2000-05-16'))?.equityDollars).toBe(2);
    });

    it('replaces the book of the same date', async () => {
      await ledger.saveBook(book('2000-05-12', 1), '2000-05-12T00:00:00Z');
      await ledger.saveBook(book('2000-05-12', 3), '2000-05-12T01:00:00Z');
      expect(await ledger.bookBefore('2000-05-13')).toEqual(book('2000-05-12', 3));
    });
  });
}

describeLedger('SQLite', async () => {
  const ledger = new SqliteRunLedger(':memory:');
  return { ledger, close: () => ledger.close() };
});

describe('a ledger that cannot be opened', () => {
  it('is told without the password', async () => {
    const closed = openLedger('postgres://me:hunter2@127.0.0.1:1/runs');
    await expect(closed).rejects.toThrow('the ledger postgres://127.0.0.1:1/runs cannot be used:');
    await expect(closed).rejects.not.toThrow('hunter2');
  });
});

if (postgres.kind === 'none') {
  process.stderr.write(`the PostgreSQL half of the ledger tests is skipped: ${postgres.reason}\n`);
  describe.skip(`a ledger in PostgreSQL (${postgres.reason})`, () => {
    it('keeps rows and books', () => {});
  });
} else {
  describe(`PostgreSQL (${postgres.kind})`, () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await PostgresServer.start(postgres);
    }, 60_000);
    afterAll(() => server.stop());

    describeLedger('PostgreSQL', async () => {
      const { url, drop } = await server.emptySchema();
      const ledger = await PostgresRunLedger.open(url);
      return { ledger, close: () => ledger.close().then(drop) };
    });

    it('is migrated once by two openers at the same time', async () => {
      const { url, drop } = await server.emptySchema();
      const both = await Promise.all([PostgresRunLedger.open(url), PostgresRunLedger.open(url)]);
      await both[0].record(row(1));
      expect(await both[1].recent(10)).toEqual([row(1)]);
      await Promise.all(both.map((ledger) => ledger.close()));
      await drop();
    });

    it('gives its book to a dry run, and none while it has no tables', async () => {
      const { url, drop } = await server.emptySchema();
      expect(await peekBook(url, '2000-05-15')).toBeUndefined();
      const ledger = await openLedger(url);
      expect(await peekBook(url, '2000-05-15')).toBeUndefined();
      await ledger.saveBook(book('2000-05-12', 1), '2000-05-12T00:00:00Z');
      expect(await peekBook(url, '2000-05-15')).toEqual(book('2000-05-12', 1));
      expect(await peekBook(url, '2000-05-12')).toBeUndefined();
      await ledger.close();
      await drop();
    });

    it('keeps the row and the book of a run of the program', async () => {
      const { url, drop } = await server.emptySchema();
      const home = new TemporaryHome();
      process.env.DAILY_MACRO_LEDGER = url;
      try {
        const { out } = await daily('--date', '2000-05-15', ...home.flag);
        expect(out.at(-1)).toMatch(/^Row: +pipeline_runs in postgres:\/\/[^@?]+\/\w+$/);
        const ledger = await openLedger(url);
        const figures = { status: 'SUCCESS', runDate: '2000-05-15', signalCount: 23 };
        expect(await ledger.recent(10)).toMatchObject([{ id: runIdIn(out), ...figures }]);
        expect((await ledger.bookBefore('2000-05-16'))?.date).toBe('2000-05-15');
        await ledger.close();
      } finally {
        delete process.env.DAILY_MACRO_LEDGER;
        home.remove();
        await drop();
      }
    });
  });
}
