import {
  type Grown,
  growingStage,
  needsByPlace,
  plainStage,
} from '../../src/adapters/stage-body.ts';
import type { Workload } from '../../src/workloads/workload.ts';
import { BullmqQueue, type QueuePlace } from './bullmq-queue.ts';
import { ReadyPlaces } from './ready-places.ts';

type Value = number | Grown;

/**
 * A stage is an entry of a queue. A chain is a flow, each stage the parent of the one that it needs. Flows are trees,
 * so that a graph in which several stages need the same one cannot be a flow: of such a graph a stage is added, with
 * the values that it needs, as soon as they are there, and those that are ready together are added together. How many
 * values a stage still misses is counted in this process alone, where a durable engine would have to keep it.
 */
export class BullmqRun {
  readonly #workload: Workload;
  readonly #place: QueuePlace;
  /** The place of the stage that fails. */
  readonly #failing: number | undefined;
  readonly #end = Promise.withResolvers<void>();
  readonly #values: Value[] = [];
  #queue: BullmqQueue<Value> | undefined;
  #needs: readonly (readonly number[])[] = [];
  #places: ReadyPlaces | undefined;
  #ready: number[] = [];
  #isAdding = false;
  #left: number;
  #executed = 0;

  constructor(workload: Workload, place: QueuePlace, failing?: number) {
    this.#workload = workload;
    this.#place = place;
    this.#failing = failing;
    this.#left = workload.nodes.length;
  }

  get executed(): number {
    return this.#executed;
  }

  get values(): readonly number[] {
    return this.#values.map((value) => (typeof value === 'number' ? value : value.value));
  }

  async open(): Promise<void> {
    this.#queue = await BullmqQueue.open<Value>(this.#place, {
      work: (place, before) => this.#work(place, before),
      done: (place) => this.#done(place),
      failed: () => this.#count(),
    });
  }

  build(): void {
    this.#needs = needsByPlace(this.#workload);
    this.#places = this.#isChain() ? undefined : new ReadyPlaces(this.#needs);
  }

  async start(): Promise<void> {
    if (this.#places === undefined) await this.#queue?.addChain(this.#needs.length);
    else await this.#add(this.#places.first());
    await this.#end.promise;
  }

  /** What is done is read, and what failed runs again. */
  async resume(): Promise<void> {
    await this.open();
    const done = (await this.#queue?.doneValues()) ?? new Map<number, Value>();
    for (const [place, value] of done) this.#values[place] = value;
    this.#left -= done.size;
    await this.#queue?.retryFailed();
    await this.#end.promise;
  }

  async close(): Promise<void> {
    await this.#queue?.close();
  }

  async forget(): Promise<void> {
    await this.#queue?.forget();
  }

  async #work(place: number, before: readonly Value[]): Promise<Value> {
    this.#executed++;
    if (place === this.#failing) throw new RangeError('fails in the first run');
    const value = await this.#valueOf(place, before);
    this.#values[place] = value;
    return value;
  }

  #valueOf(place: number, before: readonly Value[]): Promise<Value> {
    if (this.#workload.kind !== 'growing') {
      return plainStage(place, before.map(Number));
    }
    const [grown] = before;
    return growingStage(this.#workload, place, typeof grown === 'object' ? grown : undefined);
  }

  #done(place: number): void {
    this.#count();
    const next = this.#places?.after(place) ?? [];
    if (next.length > 0) this.#add(next).catch(this.#end.reject);
  }

  #count(): void {
    this.#left--;
    if (this.#left === 0) this.#end.resolve();
  }

  /** While some are being added, others become ready, and go together. */
  async #add(places: readonly number[]): Promise<void> {
    this.#ready.push(...places);
    if (this.#isAdding) return;
    this.#isAdding = true;
    while (this.#ready.length > 0) {
      const batch = this.#ready;
      this.#ready = [];
      await this.#queue?.add(
        batch.map((place) => ({
          place,
          before: (this.#needs[place] ?? []).flatMap((need) => this.#values[need] ?? []),
        })),
      );
    }
    this.#isAdding = false;
  }

  #isChain(): boolean {
    return this.#needs.every((needs, place) =>
      place === 0 ? needs.length === 0 : needs.length === 1 && needs[0] === place - 1,
    );
  }
}
