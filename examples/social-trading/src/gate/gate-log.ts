import type { DatabaseSync } from 'node:sqlite';
import type { TradePlan } from '../broker/trade.ts';
import type { Signal } from '../consensus/signal.ts';

const INSERT = `
  INSERT OR REPLACE INTO gate_records (signal_id, at, ticker, side, quantity, price, stop, target, reasons)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** What a closed gate kept from being traded. */
export class GateLog {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** @param plan what would have been traded had the gate been open */
  record({ id, at }: Signal, plan: TradePlan, reasons: readonly string[]): void {
    const { ticker, side, quantity, price, stop, target } = plan;
    const values = [id, at, ticker, side, quantity, price, stop, target, JSON.stringify(reasons)];
    this.#database.prepare(INSERT).run(...values);
  }
}
