import { itemsFailedFailure, type ToldItem } from '../attempt/index.ts';
import type { StageId } from '../base/ids.ts';
import { mostFailures } from '../definition/index.ts';
import type { FailureRecord, ItemCounts } from '../events/index.ts';
import type { BoundMap } from '../pipeline/index.ts';
import type { FailedItem, ProgressReport } from '../stage/index.ts';

/** Stands where an item has no result. */
const NO_RESULT = Symbol('no result');
/** So many failed items are told by the failure of their stage. */
const MOST_TOLD = 3;

type Place = { readonly index: number; readonly key: string };

/** What became of the items of one attempt so far, and what they come to together. */
export class ItemTally {
  readonly #stage: StageId;
  readonly #map: BoundMap;
  readonly #values: unknown[];
  /** How many may fail. */
  readonly #most: number;
  readonly #failures: { readonly index: number; readonly told: FailedItem }[] = [];
  readonly #told: ToldItem[] = [];
  #kept = 0;
  #done = 0;

  constructor(stage: StageId, map: BoundMap, total: number) {
    this.#stage = stage;
    this.#map = map;
    this.#values = new Array(total).fill(NO_RESULT);
    this.#most = mostFailures(map.failureBudget, total);
  }

  get total(): number {
    return this.#values.length;
  }

  get counts(): ItemCounts {
    return { total: this.total, failed: this.#failures.length, kept: this.#kept };
  }

  /** More items failed than may. */
  get isOverspent(): boolean {
    return this.#failures.length > this.#most;
  }

  get progress(): ProgressReport {
    const failed = this.#failures.length;
    const message = `${this.#done} of ${this.total} items${failed === 0 ? '' : `, ${failed} failed`}`;
    return { done: this.#done, total: this.total, message };
  }

  kept(index: number, value: unknown): void {
    this.#kept++;
    this.succeeded(index, value);
  }

  succeeded(index: number, value: unknown): void {
    this.#values[index] = value;
    this.#done++;
  }

  failed({ index, key }: Place, failure: FailureRecord): void {
    const message = failure.thrown?.message ?? failure.message;
    this.#failures.push({ index, told: { key, reason: failure.reason, message } });
    if (this.#told.length < MOST_TOLD) this.#told.push({ key, failure });
    this.#done++;
  }

  /** The results in the order of the items, and what failed if the stage wants to know. */
  outputs(): Readonly<Record<string, unknown>> {
    const { into, failures } = this.#map;
    const outputs: Record<string, unknown> = Object.create(null);
    outputs[into] = this.#values.filter((value) => value !== NO_RESULT);
    if (failures !== undefined) {
      outputs[failures] = this.#failures.sort((a, b) => a.index - b.index).map(({ told }) => told);
    }
    return outputs;
  }

  /** @param left items that were not begun any more */
  failure(left: number): FailureRecord {
    const most = this.#most;
    return itemsFailedFailure(this.#stage, { ...this.counts, left, most, told: this.#told });
  }
}
