import type { DatabaseSync } from 'node:sqlite';
import { PaperBroker } from '../broker/paper-broker.ts';
import { GateLog } from '../gate/gate-log.ts';
import type { MarketData } from '../market/market-data.ts';
import { SignalBook } from '../scoring/signal-book.ts';
import { openDatabase } from './open-database.ts';
import { ResultBook } from './result-book.ts';

/** Everything that must survive a crash, in one SQLite file. */
export class SocialLedger {
  readonly broker: PaperBroker;
  readonly signals: SignalBook;
  readonly gateLog: GateLog;
  readonly results: ResultBook;
  readonly #database: DatabaseSync;

  /** @throws SocialError LEDGER_UNUSABLE */
  constructor(path: string, market: MarketData, isDurable = true) {
    this.#database = openDatabase(path, isDurable);
    this.broker = new PaperBroker(this.#database, market);
    this.signals = new SignalBook(this.#database, market);
    this.gateLog = new GateLog(this.#database);
    this.results = new ResultBook(this.#database);
  }

  /** How many lines of a replay are done with. */
  positionOf(source: string): number {
    const sql = 'SELECT line FROM replay_positions WHERE source = ?';
    return Number(this.#database.prepare(sql).get(source)?.line ?? 0);
  }

  moveTo(source: string, line: number): void {
    const sql = 'INSERT OR REPLACE INTO replay_positions VALUES (?, ?)';
    this.#database.prepare(sql).run(source, line);
  }

  /** Rows of a query, for reports and tests. */
  rows(sql: string, ...values: readonly (string | number)[]): readonly Record<string, unknown>[] {
    return this.#database.prepare(sql).all(...values);
  }

  close(): void {
    this.#database.close();
  }
}
