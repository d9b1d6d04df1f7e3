import type { DatabaseSync } from 'node:sqlite';
import type { Signal } from '../consensus/signal.ts';
import { inTransaction } from '../ledger/open-database.ts';
import type { MarketData } from '../market/market-data.ts';
import type { Direction } from '../sentiment/sentiment.ts';
import { CONFLUENCE_WINDOW_MS } from './confluence.ts';
import { cameTrue, credibility, OUTCOME_WINDOW_MS, type TrackRecord } from './credibility.ts';

const INSERT = `
  INSERT OR IGNORE INTO signals (message_id, signal_id, ticker, signal_direction, direction, author, at, message_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const AROUND = `
  SELECT count(DISTINCT signal_id) AS signals FROM signals
  WHERE ticker = ? AND signal_direction = ? AND at > ? AND at <= ? AND signal_id <> ?`;
const RECORD = `
  SELECT count(*) AS outcomes, coalesce(sum(outcome = 'right'), 0) AS hits FROM signals
  WHERE author = ? AND outcome IN ('right', 'wrong') AND outcome_at <= ?`;

interface OpenRow {
  readonly message_id: string;
  readonly ticker: string;
  readonly direction: Direction;
  readonly message_at: number;
}

/** What was said before: who was right, and who says the same now. */
export class SignalBook {
  readonly #database: DatabaseSync;
  readonly #market: MarketData;

  constructor(database: DatabaseSync, market: MarketData) {
    this.#database = database;
    this.#market = market;
  }

  /** A message that is on record already stays as it was. */
  record({ id, ticker, direction, at, messages }: Signal): void {
    inTransaction(this.#database, () => {
      const insert = this.#database.prepare(INSERT);
      for (const one of messages) {
        const own = [one.direction, one.author, at, one.at];
        insert.run(one.messageId, id, ticker, direction, ...own);
      }
    });
  }

  /** Signals of the same ticker and side in the 15 minutes up to this one, which is counted too. */
  signalsAround({ id, ticker, direction, at }: Signal): number {
    const row = this.#database
      .prepare(AROUND)
      .get(ticker, direction, at - CONFLUENCE_WINDOW_MS, at, id);
    return 1 + Number(row?.signals);
  }

  /** Mean over the messages of what their authors are worth, by what was known at the time of the signal. */
  credibilityOf({ messages, at }: Signal): number {
    this.#judge(at);
    const values = messages.map(({ author, tier }) =>
      credibility(tier, this.trackRecord(author, at)),
    );
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }

  trackRecord(author: string, at: number): TrackRecord {
    const row = this.#database.prepare(RECORD).get(author, at);
    return { outcomes: Number(row?.outcomes), right: Number(row?.hits) };
  }

  /** Settles what was said half an hour ago and longer. */
  #judge(now: number): void {
    const due = "SELECT * FROM signals WHERE outcome = 'open' AND message_at <= ?";
    const rows = this.#database.prepare(due).all(now - OUTCOME_WINDOW_MS) as unknown as OpenRow[];
    if (rows.length === 0) return;
    inTransaction(this.#database, () => {
      const update = this.#database.prepare(
        'UPDATE signals SET outcome = ?, outcome_at = ? WHERE message_id = ?',
      );
      for (const row of rows) {
        update.run(this.#outcomeOf(row), row.message_at + OUTCOME_WINDOW_MS, row.message_id);
      }
    });
  }

  #outcomeOf({ ticker, direction, message_at: at }: OpenRow): 'right' | 'wrong' | 'none' {
    const entry = this.#market.price(ticker, at);
    if (entry === undefined) return 'none';
    const { close } = this.#market.minuteBars(ticker, at, at + OUTCOME_WINDOW_MS);
    const outcome = cameTrue(direction, entry, close);
    return outcome === null ? 'none' : outcome ? 'right' : 'wrong';
  }
}
