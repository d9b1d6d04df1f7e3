import { asStageId, type Lease, type StageId } from '@millrace/core';
import type { Database, Statement } from './database.ts';
import { isPlaceIn, ORDER_OF_PLACE } from './rows/run-place.ts';

/** Where the checkpoint of each stage of a run lies, by its commit order. */
export type CheckpointOrders = Map<StageId, number>;

interface KnownRun {
  /** Of the newest record of the run when this was known. */
  readonly lastOrder: number;
  readonly orders: CheckpointOrders;
}

interface UpdatedRun {
  readonly number: number;
  /** Order of the newest record of the run so far. */
  readonly before: number;
  /** What it will be. */
  readonly after: number;
}

/**
 * Which stages of a run have a checkpoint. It is kept in memory, since only the owner of a run writes them: an index
 * by stage would be written with each of them, at scattered places, which takes about a quarter of a commit's time.
 */
export class KnownCheckpoints {
  readonly #runs = new WeakMap<Lease, KnownRun>();
  readonly #select: Statement;

  constructor(database: Database) {
    this.#select = database.prepare(`
      SELECT stage, ${ORDER_OF_PLACE} AS commit_order FROM checkpoints WHERE ${isPlaceIn('?1')}`);
  }

  /**
   * Looks into the table when it may have changed otherwise than through here: another owner, another connection, a
   * commit that was rolled back. Each of them leaves another last order than the one that is known.
   * @param body writes the records and notes where they are
   */
  update(
    lease: Lease,
    { number, before, after }: UpdatedRun,
    body: (orders: CheckpointOrders) => void,
  ): void {
    const known = this.#runs.get(lease);
    const orders = known?.lastOrder === before ? known.orders : this.#read(number);
    this.#runs.delete(lease);
    body(orders);
    this.#runs.set(lease, { lastOrder: after, orders });
  }

  #read(number: number): CheckpointOrders {
    const orders: CheckpointOrders = new Map();
    for (const { stage, commit_order } of this.#select.iterate(number)) {
      orders.set(asStageId(String(stage)), Number(commit_order));
    }
    return orders;
  }
}
