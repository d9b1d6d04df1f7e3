import { MacroError } from '../base/macro-error.ts';
import type { Book } from '../book/book.ts';
import type { RunLedger } from './run-ledger.ts';
import { SqliteRunLedger } from './sqlite-run-ledger.ts';

export function isPostgresUrl(place: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(place) && URL.canParse(place);
}

/** How a person names it: a path, or a URL without user and password. */
export function shownLedger(place: string): string {
  if (!isPostgresUrl(place)) return place;
  const { protocol, host, pathname } = new URL(place);
  return `${protocol}//${host}${pathname}`;
}

/**
 * @param place a postgres URL, or the path of an SQLite file that is made when it is missing
 * @throws MacroError LEDGER_UNUSABLE
 */
export function openLedger(place: string): Promise<RunLedger> {
  return usable(place, async () => {
    if (!isPostgresUrl(place)) return new SqliteRunLedger(place);
    const { PostgresRunLedger } = await import('./postgres-run-ledger.ts');
    return PostgresRunLedger.open(place);
  });
}

/**
 * The newest book before `date`, if any, without making or changing anything.
 * @throws MacroError LEDGER_UNUSABLE
 */
export function peekBook(place: string, date: string): Promise<Book | undefined> {
  return usable(place, async () => {
    if (!isPostgresUrl(place)) return SqliteRunLedger.peekBook(place, date);
    const { PostgresRunLedger } = await import('./postgres-run-ledger.ts');
    return PostgresRunLedger.peekBook(place, date);
  });
}

async function usable<T>(place: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    const message = `the ledger ${shownLedger(place)} cannot be used: ${reason}`;
    throw new MacroError('LEDGER_UNUSABLE', message, cause);
  }
}
