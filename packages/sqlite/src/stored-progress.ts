import type {
  AttemptRecord,
  CommitBatch,
  FoundStage,
  ItemRecord,
  Lease,
  RunEvent,
  RunId,
  StageId,
  StageRecord,
} from '@millrace/core';
import type { OnDamage } from './damage.ts';
import type { Database, Statement } from './database.ts';
import { ForgetDeaths } from './forget-deaths.ts';
import { type CheckpointOrders, KnownCheckpoints } from './known-checkpoints.ts';
import { type AttemptPlaces, placeAttempts } from './place-attempts.ts';
import type { PlacedAttempt } from './rows/attempt-row.ts';
import type { CheckpointPlace } from './rows/checkpoint-row.ts';
import { itemColumns, REPLACE_ITEM, readItemRow, SELECT_ITEMS } from './rows/item-row.ts';
import { readRows } from './rows/read-row.ts';
import type { NumberedRun } from './rows/run-place.ts';
import { StoredAttempts } from './stored-attempts.ts';
import { StoredEvents } from './stored-events.ts';
import type { AdvancedRun } from './stored-runs.ts';
import { StoredStages } from './stored-stages.ts';

/** What most runs do not have when a stage ends, so that it is asked once a commit. */
const SELECT_PRESENT = `
  SELECT EXISTS (SELECT 1 FROM attempts WHERE run = ?1) AS attempts,
    EXISTS (SELECT 1 FROM stage_rows WHERE run = ?1) AS old_stages`;

/** What happened in a run: stages and their attempts, items and events. */
export class StoredProgress {
  readonly #onDamage: OnDamage;
  readonly #deaths: ForgetDeaths;
  readonly #stages: StoredStages;
  readonly #attempts: StoredAttempts;
  readonly #events: StoredEvents;
  readonly #checkpoints: KnownCheckpoints;
  readonly #selectPresent: Statement;
  readonly #replaceItem: Statement;
  readonly #selectItems: Statement;

  constructor(database: Database, onDamage: OnDamage) {
    this.#onDamage = onDamage;
    this.#deaths = new ForgetDeaths(database);
    this.#stages = new StoredStages(database, onDamage);
    this.#attempts = new StoredAttempts(database, onDamage);
    this.#events = new StoredEvents(database, onDamage);
    this.#checkpoints = new KnownCheckpoints(database);
    this.#selectPresent = database.prepare(SELECT_PRESENT);
    this.#replaceItem = database.prepare(REPLACE_ITEM);
    this.#selectItems = database.prepare(SELECT_ITEMS);
  }

  /**
   * The caller holds the transaction and has proved the lease.
   * @param advanced to the last record of the batch
   */
  write(lease: Lease, batch: CommitBatch, { number, lastOrder: after }: AdvancedRun): void {
    const run = { id: lease.runId, number };
    const { attempts, stages, items, events } = batch;
    const before = after - attempts.length - stages.length;
    if (before < after) {
      this.#checkpoints.update(lease, { number, before, after }, (orders) =>
        this.#writeRecords(run, batch, { orders, firstOrder: before + 1 }),
      );
    }
    for (const item of items ?? []) this.#replaceItem.run(...itemColumns(run.id, item));
    this.#events.write(run, events);
    this.#deaths.forget(run, attempts);
  }

  stages(id: RunId): readonly StageRecord[] {
    return this.#stages.list(id);
  }

  find(cacheKey: string, limit: number): readonly FoundStage[] {
    return this.#stages.find(cacheKey, limit);
  }

  attempts(id: RunId): readonly AttemptRecord[] {
    return this.#attempts.load(id);
  }

  items(id: RunId, stage: StageId): readonly ItemRecord[] {
    return readRows(this.#selectItems.iterate(id, stage), readItemRow, (row, reason) => {
      const record = `${row.stage} ${JSON.stringify(row.key)}`;
      this.#onDamage({ table: 'items', runId: id, record, reason });
    });
  }

  events(id: RunId, after: number, limit: number): readonly RunEvent[] {
    return this.#events.after(id, after, limit);
  }

  #writeRecords(
    run: NumberedRun,
    batch: CommitBatch,
    { orders, firstOrder }: { readonly orders: CheckpointOrders; readonly firstOrder: number },
  ): void {
    const places = placeAttempts(batch, firstOrder);
    for (const placed of places.own) {
      this.#attempts.write(run.id, this.#inPlace(run, placed, orders));
    }
    if (batch.stages.length > 0) this.#writeStages(run, batch.stages, { ...places, orders });
  }

  /** An attempt of which a checkpoint told keeps its place, whatever is said of it afterwards. */
  #inPlace(run: NumberedRun, placed: PlacedAttempt, orders: CheckpointOrders): PlacedAttempt {
    const { attempt } = placed;
    const commitOrder = orders.get(attempt.stage);
    const told = commitOrder === undefined ? undefined : this.#stages.toldBy(run, commitOrder);
    if (told?.attempt.attempt !== attempt.attempt) return placed;
    return { attempt, startOrder: told.startOrder };
  }

  #writeStages(
    run: NumberedRun,
    stages: readonly StageRecord[],
    { told, nextOrder, orders }: AttemptPlaces & { readonly orders: CheckpointOrders },
  ): void {
    const present = this.#selectPresent.get(run.id);
    let commitOrder = nextOrder;
    for (const stage of stages) {
      const ended = told.get(stage);
      const isOnRecord = ended !== undefined && present?.attempts === 1;
      const place = { commitOrder, told: isOnRecord ? this.#attempts.take(run.id, ended) : ended };
      const before = orders.get(stage.stage);
      if (present?.old_stages === 1) this.#stages.removeOld(run.id, stage.stage);
      if (before === undefined) this.#stages.add(run, stage, place);
      else this.#replace(run, stage, { ...place, before });
      orders.set(stage.stage, commitOrder++);
    }
  }

  /** The attempt that ended with the checkpoint before stays, and keeps its place when it is the same one. */
  #replace(
    run: NumberedRun,
    stage: StageRecord,
    { before, commitOrder, told }: CheckpointPlace & { readonly before: number },
  ): void {
    const earlier = this.#stages.take(run, before);
    const isSame = earlier !== undefined && earlier.attempt.attempt === told?.attempt.attempt;
    if (earlier !== undefined && !isSame) this.#attempts.keep(run.id, earlier);
    const kept = isSame ? { ...told, startOrder: earlier.startOrder } : told;
    this.#stages.add(run, stage, { commitOrder, told: kept });
  }
}
