import type { NewSignal, RunId, SendResult, SignalRecord, WaitRecord } from '@millrace/core';
import type { OnDamage } from './damage.ts';
import type { Database, Statement } from './database.ts';
import { readRows } from './rows/read-row.ts';
import {
  INSERT_SIGNAL,
  NEXT_SIGNAL_NUMBER,
  readSignalRow,
  SELECT_SIGNALS,
  signalColumns,
} from './rows/signal-row.ts';
import { REPLACE_WAIT, readWaitRow, SELECT_WAITS, waitColumns } from './rows/wait-row.ts';

/** The tables `waits` and `signals`. The caller holds the transaction. */
export class StoredSignals {
  readonly #onDamage: OnDamage;
  readonly #selectStatus: Statement;
  readonly #nextNumber: Statement;
  readonly #insert: Statement;
  readonly #select: Statement;
  readonly #replaceWait: Statement;
  readonly #selectWaits: Statement;

  constructor(database: Database, onDamage: OnDamage) {
    this.#onDamage = onDamage;
    this.#selectStatus = database.prepare('SELECT status FROM runs WHERE id = ?');
    this.#nextNumber = database.prepare(NEXT_SIGNAL_NUMBER);
    this.#insert = database.prepare(INSERT_SIGNAL);
    this.#select = database.prepare(SELECT_SIGNALS);
    this.#replaceWait = database.prepare(REPLACE_WAIT);
    this.#selectWaits = database.prepare(SELECT_WAITS);
  }

  send(signal: NewSignal): SendResult {
    const run = this.#selectStatus.get(signal.runId);
    if (run === undefined) return { kind: 'missing' };
    if (run.status === 'succeeded') return { kind: 'succeeded' };
    const number = Number(this.#nextNumber.get(signal.runId)?.number);
    this.#insert.run(...signalColumns(signal, number));
    return { kind: 'sent', number };
  }

  after(id: RunId, number: number): readonly SignalRecord[] {
    return readRows(this.#select.iterate(id, number), readSignalRow, (row, reason) => {
      this.#onDamage({ table: 'signals', runId: id, record: String(row.number), reason });
    });
  }

  write(id: RunId, waits: readonly WaitRecord[]): void {
    for (const wait of waits) this.#replaceWait.run(...waitColumns(id, wait));
  }

  waits(id: RunId): readonly WaitRecord[] {
    return readRows(this.#selectWaits.iterate(id), readWaitRow, (row, reason) => {
      const record = `${row.stage} ${JSON.stringify(row.name)}`;
      this.#onDamage({ table: 'waits', runId: id, record, reason });
    });
  }
}
