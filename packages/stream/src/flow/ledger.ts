/** How many messages there are, and where. `received` is the sum of all others, always. */
export interface StreamCounts {
  /** Taken from the source, pushed, or found in the journal. */
  readonly received: number;
  /** Of those with a final status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** They wait to run. */
  readonly queued: number;
  /** They run, on their own or as part of a group. */
  readonly running: number;
  /** They wait in the buffer. */
  readonly buffered: number;
  /** They are decided, and the sink or the journal does not have them yet. */
  readonly unsent: number;
}

interface RestoredCounts {
  readonly received: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly unfinished: number;
}

export type Place = 'queued' | 'running' | 'buffered' | 'unsent';

/** Where every message is. Each leaves one place as it enters another. */
export class Ledger {
  readonly #statuses = new Map<string, number>();
  readonly #places: Record<Place, number> = { queued: 0, running: 0, buffered: 0, unsent: 0 };
  #received = 0;

  get counts(): StreamCounts {
    const statuses = Object.fromEntries([...this.#statuses].sort(([a], [b]) => (a < b ? -1 : 1)));
    return { received: this.#received, statuses, ...this.#places };
  }

  get received(): number {
    return this.#received;
  }

  at(place: Place): number {
    return this.#places[place];
  }

  /** Without a final status. */
  get open(): number {
    const { queued, running, buffered, unsent } = this.#places;
    return queued + running + buffered + unsent;
  }

  /** As a journal has them: what has no final status waits there. */
  restore({ received, statuses, unfinished }: RestoredCounts): void {
    this.#received = received;
    this.#statuses.clear();
    for (const [status, count] of Object.entries(statuses)) this.#statuses.set(status, count);
    Object.assign(this.#places, { queued: unfinished, running: 0, buffered: 0, unsent: 0 });
  }

  receive(place: Place): void {
    this.#received++;
    this.#places[place]++;
  }

  move(from: Place, to: Place, count = 1): void {
    this.#places[from] -= count;
    this.#places[to] += count;
  }

  end(from: Place, status: string): void {
    this.#places[from]--;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }
}
