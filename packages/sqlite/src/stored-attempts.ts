import type { AttemptRecord, RunId } from '@millrace/core';
import type { OnDamage } from './damage.ts';
import type { Database, Row, Statement } from './database.ts';
import {
  attemptColumns,
  KEEP_ATTEMPT,
  type PlacedAttempt,
  readAttemptRow,
  SELECT_ATTEMPTS,
  TAKE_ATTEMPT,
  UPSERT_ATTEMPT,
} from './rows/attempt-row.ts';
import { readToldAttempt, SELECT_TOLD_ATTEMPTS } from './rows/checkpoint-row.ts';
import { readRows } from './rows/read-row.ts';

/**
 * The tries of the stages: the table `attempts`, and the checkpoints, which tell of those that succeeded. Of an
 * attempt that is in both the row of its own was written later. The caller holds the transaction.
 */
export class StoredAttempts {
  readonly #onDamage: OnDamage;
  readonly #upsert: Statement;
  readonly #keep: Statement;
  readonly #take: Statement;
  readonly #select: Statement;
  readonly #selectTold: Statement;

  constructor(database: Database, onDamage: OnDamage) {
    this.#onDamage = onDamage;
    this.#upsert = database.prepare(UPSERT_ATTEMPT);
    this.#keep = database.prepare(KEEP_ATTEMPT);
    this.#take = database.prepare(TAKE_ATTEMPT);
    this.#select = database.prepare(SELECT_ATTEMPTS);
    this.#selectTold = database.prepare(SELECT_TOLD_ATTEMPTS);
  }

  write(id: RunId, { attempt, startOrder }: PlacedAttempt): void {
    this.#upsert.run(...attemptColumns(id, startOrder, attempt));
  }

  /** Keeps an attempt whose checkpoint goes. */
  keep(id: RunId, { attempt, startOrder }: PlacedAttempt): void {
    this.#keep.run(...attemptColumns(id, startOrder, attempt));
  }

  /** The attempt as a checkpoint will tell of it, at the place that it had in a row of its own. */
  take(id: RunId, { attempt, startOrder }: PlacedAttempt): PlacedAttempt {
    const row = this.#take.get(id, attempt.stage, attempt.attempt);
    return { attempt, startOrder: row === undefined ? startOrder : Number(row.start_order) };
  }

  load(id: RunId): readonly AttemptRecord[] {
    const byName = new Map<string, PlacedAttempt>();
    for (const told of readRows(this.#selectTold.iterate(id), readToldAttempt, this.#onLost(id))) {
      byName.set(nameOf(told), told);
    }
    for (const own of readRows(this.#select.iterate(id), readAttemptRow, this.#onDamaged(id))) {
      // An older process may not have known its place.
      const place = byName.get(nameOf(own))?.startOrder ?? own.startOrder;
      byName.set(nameOf(own), { ...own, startOrder: Math.min(own.startOrder, place) });
    }
    return [...byName.values()]
      .sort((a, b) => a.startOrder - b.startOrder)
      .map(({ attempt }) => attempt);
  }

  /** It is the stage that is damaged, and told once as such. */
  #onLost(runId: RunId): (row: Row, reason: string) => void {
    return ({ stage }, reason) => {
      this.#onDamage({ table: 'stages', runId, record: String(stage), reason });
    };
  }

  #onDamaged(runId: RunId): (row: Row, reason: string) => void {
    return ({ stage, attempt }, reason) => {
      this.#onDamage({ table: 'attempts', runId, record: `${stage} #${attempt}`, reason });
    };
  }
}

function nameOf({ attempt: { stage, attempt } }: PlacedAttempt): string {
  return `${attempt} ${stage}`;
}
