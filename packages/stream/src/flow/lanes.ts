import { EventLoopTurn } from '../base/event-loop-turn.ts';
import { Fifo } from './fifo.ts';

/** Something that waits for its turn. */
export interface Waiting {
  /** What has the same lane keeps its order; undefined: it waits for nobody. */
  readonly lane: string | undefined;
  /** It may be taken out where there is too much. */
  readonly isDroppable: boolean;
}

interface Lane<Item> {
  running: number;
  readonly waiting: Fifo<Item>;
}

/** So much of what waits no longer may stand in the order of arrival. */
const MOST_LEFT_OVER = 1024;

interface LanesParts<Item> {
  readonly concurrency: number;
  readonly concurrencyPerKey: number;
  /** The oldest may be asked for, which costs a little. */
  readonly canDrop: boolean;
  /** Perhaps it is over when this returns. */
  readonly begin: (item: Item) => void;
}

/** Decides what runs next: lanes side by side, each in its order. */
export class Lanes<Item extends Waiting> {
  readonly #parts: LanesParts<Item>;
  readonly #lanes = new Map<string, Lane<Item>>();
  /** Their lanes have room for them. */
  readonly #ready = new Fifo<Item>();
  /** What waits and may be dropped. */
  readonly #arrivals: Set<Item> | undefined;
  /** The same in order of arrival, and some of what was there before. */
  #byArrival = new Fifo<Item>();
  readonly #turn = new EventLoopTurn();
  #waiting = 0;
  #running = 0;
  #isPumping = false;

  constructor(parts: LanesParts<Item>) {
    this.#parts = parts;
    this.#arrivals = parts.canDrop ? new Set() : undefined;
  }

  get waiting(): number {
    return this.#waiting;
  }

  get running(): number {
    return this.#running;
  }

  add(item: Item): void {
    this.#waiting++;
    if (item.isDroppable) this.#arrived(item);
    const lane = this.#laneOf(item);
    if (lane === undefined) this.#ready.push(item);
    else if (lane.running < this.#parts.concurrencyPerKey) {
      lane.running++;
      this.#ready.push(item);
    } else lane.waiting.push(item);
    this.#pump();
  }

  /** What began is over. */
  ended(item: Item): void {
    this.#running--;
    this.#leave(item);
    this.#pump();
  }

  /** Takes out what has waited longest. */
  dropOldest(): Item | undefined {
    for (;;) {
      const oldest = this.#byArrival.shift();
      if (oldest === undefined) return undefined;
      if (this.#arrivals?.delete(oldest) !== true) continue;
      this.#waiting--;
      this.#sweep(oldest);
      return oldest;
    }
  }

  /** Takes out all that waits. */
  clear(): Item[] {
    const ready = this.#ready.drain();
    const items = [...ready];
    for (const lane of this.#lanes.values()) items.push(...lane.waiting.drain());
    for (const item of ready) this.#leave(item);
    const left = items.filter((item) => !this.#isDropped(item));
    this.#arrivals?.clear();
    this.#byArrival = new Fifo();
    this.#waiting = 0;
    return left;
  }

  #arrived(item: Item): void {
    const arrivals = this.#arrivals;
    if (arrivals === undefined) return;
    arrivals.add(item);
    this.#byArrival.push(item);
    if (this.#byArrival.size < MOST_LEFT_OVER + arrivals.size * 2) return;
    this.#byArrival = new Fifo();
    for (const waiting of arrivals) this.#byArrival.push(waiting);
  }

  /** Nothing that was dropped is to be kept until something runs: perhaps nothing ever does. */
  #sweep(dropped: Item): void {
    const lane = dropped.lane === undefined ? undefined : this.#lanes.get(dropped.lane);
    if (lane?.waiting.first === dropped) lane.waiting.shift();
    for (;;) {
      const { first } = this.#ready;
      if (first === undefined || !this.#isDropped(first)) return;
      this.#ready.shift();
      this.#leave(first);
    }
  }

  /** It stands in its queue still, and nowhere else. */
  #isDropped(item: Item): boolean {
    return item.isDroppable && this.#arrivals?.has(item) === false;
  }

  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#running < this.#parts.concurrency) {
      if (this.#ready.size > 0 && this.#turn.isOver()) return this.#goOnLater();
      const item = this.#ready.shift();
      if (item === undefined) break;
      if (this.#isDropped(item)) {
        this.#leave(item);
        continue;
      }
      this.#arrivals?.delete(item);
      this.#waiting--;
      this.#running++;
      this.#parts.begin(item);
    }
    this.#isPumping = false;
  }

  /** Stages that never wait would keep timers and signals waiting. */
  #goOnLater(): void {
    this.#turn.pass().then(() => {
      this.#isPumping = false;
      this.#pump();
    });
  }

  #laneOf({ lane: key }: Item): Lane<Item> | undefined {
    if (key === undefined) return undefined;
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const lane = { running: 0, waiting: new Fifo<Item>() };
    this.#lanes.set(key, lane);
    return lane;
  }

  #leave({ lane: key }: Item): void {
    const lane = key === undefined ? undefined : this.#lanes.get(key);
    if (lane === undefined || key === undefined) return;
    const next = lane.waiting.shift();
    if (next !== undefined) this.#ready.push(next);
    else if (--lane.running === 0) this.#lanes.delete(key);
  }
}
