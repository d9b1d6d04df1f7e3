import type {
  AttemptRecord,
  CommitBatch,
  FoundStage,
  ItemRecord,
  RunEvent,
  RunId,
  StageId,
  StageRecord,
} from '@millrace/core';
import type { OnDamage } from './damage.ts';
import type { Database, Statement } from './database.ts';
import { ForgetDeaths } from './forget-deaths.ts';
import {
  attemptColumns,
  readAttemptRow,
  SELECT_ATTEMPTS,
  UPSERT_ATTEMPT,
} from './rows/attempt-row.ts';
import { eventColumns, INSERT_EVENT, readEventRow, SELECT_EVENTS } from './rows/event-row.ts';
import { itemColumns, REPLACE_ITEM, readItemRow, SELECT_ITEMS } from './rows/item-row.ts';
import { INSERT_PATCH, patchColumns } from './rows/patch-row.ts';
import { readRows } from './rows/read-row.ts';
import {
  FIND_STAGES,
  REPLACE_STAGE,
  readFoundRow,
  readStageRow,
  SELECT_STAGES,
  stageColumns,
} from './rows/stage-row.ts';

/** What happened in a run: the tables `attempts`, `stages`, `items`, `patches` and `events`. */
export class StoredProgress {
  readonly #onDamage: OnDamage;
  readonly #deaths: ForgetDeaths;
  readonly #upsertAttempt: Statement;
  readonly #replaceStage: Statement;
  readonly #insertPatch: Statement;
  readonly #insertEvent: Statement;
  readonly #replaceItem: Statement;
  readonly #selectItems: Statement;
  readonly #selectAttempts: Statement;
  readonly #selectStages: Statement;
  readonly #selectEvents: Statement;
  readonly #findStages: Statement;

  constructor(database: Database, onDamage: OnDamage) {
    this.#onDamage = onDamage;
    this.#deaths = new ForgetDeaths(database);
    this.#upsertAttempt = database.prepare(UPSERT_ATTEMPT);
    this.#replaceStage = database.prepare(REPLACE_STAGE);
    this.#insertPatch = database.prepare(INSERT_PATCH);
    this.#insertEvent = database.prepare(INSERT_EVENT);
    this.#replaceItem = database.prepare(REPLACE_ITEM);
    this.#selectItems = database.prepare(SELECT_ITEMS);
    this.#selectAttempts = database.prepare(SELECT_ATTEMPTS);
    this.#selectStages = database.prepare(SELECT_STAGES);
    this.#selectEvents = database.prepare(SELECT_EVENTS);
    this.#findStages = database.prepare(FIND_STAGES);
  }

  /**
   * The caller holds the transaction and has proved the lease.
   * @param firstOrder of the batch's records among those of the run
   */
  write(id: RunId, batch: CommitBatch, firstOrder: number): void {
    let order = firstOrder;
    for (const attempt of newestOfEach(batch.attempts)) {
      this.#upsertAttempt.run(...attemptColumns(id, order++, attempt));
    }
    for (const stage of batch.stages) this.#writeStage(id, order++, stage);
    for (const item of batch.items ?? []) this.#replaceItem.run(...itemColumns(id, item));
    for (const event of batch.events) {
      this.#insertEvent.run(...eventColumns(id, event));
    }
    this.#deaths.forget(id, batch.attempts);
  }

  stages(id: RunId): readonly StageRecord[] {
    return readRows(this.#selectStages.iterate(id), readStageRow, (row, reason) => {
      this.#onDamage({ table: 'stages', runId: id, record: String(row.stage), reason });
    });
  }

  find(cacheKey: string, limit: number): readonly FoundStage[] {
    return readRows(this.#findStages.iterate(cacheKey, limit), readFoundRow, (row, reason) => {
      const runId = String(row.run);
      this.#onDamage({ table: 'stages', runId, record: String(row.stage), reason });
    });
  }

  attempts(id: RunId): readonly AttemptRecord[] {
    return readRows(this.#selectAttempts.iterate(id), readAttemptRow, (row, reason) => {
      const record = `${row.stage} #${row.attempt}`;
      this.#onDamage({ table: 'attempts', runId: id, record, reason });
    });
  }

  items(id: RunId, stage: StageId): readonly ItemRecord[] {
    return readRows(this.#selectItems.iterate(id, stage), readItemRow, (row, reason) => {
      const record = `${row.stage} ${JSON.stringify(row.key)}`;
      this.#onDamage({ table: 'items', runId: id, record, reason });
    });
  }

  events(id: RunId, after: number, limit: number): readonly RunEvent[] {
    return readRows(this.#selectEvents.iterate(id, after, limit), readEventRow, (row, reason) => {
      this.#onDamage({ table: 'events', runId: id, record: String(row.seq), reason });
    });
  }

  /** Patches of an earlier record of the stage stay: they are its history. */
  #writeStage(id: RunId, order: number, stage: StageRecord): void {
    this.#replaceStage.run(...stageColumns(id, order, stage));
    for (const [place, write] of stage.writes.entries()) {
      this.#insertPatch.run(...patchColumns(id, { order, place }, write, stage));
    }
  }
}

/** An attempt that began and ended within one batch is written once, at the place where it began. */
function newestOfEach(attempts: readonly AttemptRecord[]): Iterable<AttemptRecord> {
  if (attempts.length < 2) return attempts;
  const newest = new Map<string, AttemptRecord>();
  for (const attempt of attempts) newest.set(`${attempt.attempt} ${attempt.stage}`, attempt);
  return newest.values();
}
