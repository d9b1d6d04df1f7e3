import { type FlowJob, FlowProducer, Queue, Worker } from 'bullmq';

/** Entries at once, as many as there are stages in a layer. */
const CONCURRENCY = 100;
const NAME = 'stages';

/** What an entry of the queue carries. */
export interface Entry<Value> {
  readonly place: number;
  /** Values of the stages before; of a flow BullMQ hands them over itself. */
  readonly before?: readonly Value[];
}

export interface QueuePlace {
  readonly url: string;
  /** Of all keys, so that runs do not see each other. */
  readonly prefix: string;
}

/** What is called for each entry, and told of its end. */
export interface QueueUser<Value> {
  work(place: number, before: readonly Value[]): Promise<Value>;
  done(place: number): void;
  failed(): void;
}

/** A queue, and the one worker that empties it in this process. */
export class BullmqQueue<Value> {
  readonly #queue: Queue;
  readonly #worker: Worker<Entry<Value>, Value>;
  readonly #flows: FlowProducer;

  private constructor(queue: Queue, worker: Worker<Entry<Value>, Value>, flows: FlowProducer) {
    this.#queue = queue;
    this.#worker = worker;
    this.#flows = flows;
  }

  static async open<Value>(
    { url, prefix }: QueuePlace,
    user: QueueUser<Value>,
  ): Promise<BullmqQueue<Value>> {
    const { hostname, port } = new URL(url);
    const options = { connection: { host: hostname, port: Number(port || 6379) }, prefix };
    const queue = new Queue(NAME, options);
    const flows = new FlowProducer(options);
    const worker = new Worker<Entry<Value>, Value>(
      NAME,
      async (entry) => {
        const { place, before } = entry.data;
        return user.work(place, before ?? Object.values(await entry.getChildrenValues<Value>()));
      },
      { ...options, concurrency: CONCURRENCY },
    );
    worker.on('completed', ({ data }) => user.done(data.place));
    worker.on('failed', () => user.failed());
    await Promise.all([queue, worker, flows].map((each) => each.waitUntilReady()));
    return new BullmqQueue(queue, worker, flows);
  }

  async add(entries: readonly Entry<Value>[]): Promise<void> {
    await this.#queue.addBulk(entries.map((data) => ({ name: 'stage', data })));
  }

  /** Each the parent of the one before it. */
  async addChain(length: number): Promise<void> {
    let flow: FlowJob = { name: 'stage', queueName: NAME, data: { place: 0, before: [] } };
    for (let place = 1; place < length; place++) {
      flow = { name: 'stage', queueName: NAME, data: { place }, children: [flow] };
    }
    await this.#flows.add(flow);
  }

  /** What entries that are done have returned, by their place. */
  async doneValues(): Promise<ReadonlyMap<number, Value>> {
    const done = await this.#queue.getJobs(['completed'], 0, -1);
    return new Map(done.map(({ data, returnvalue }) => [data.place, returnvalue]));
  }

  async retryFailed(): Promise<void> {
    const failed = await this.#queue.getJobs(['failed'], 0, -1);
    await Promise.all(failed.map((entry) => entry.retry()));
  }

  async close(): Promise<void> {
    await Promise.all([this.#worker, this.#queue, this.#flows].map((each) => each.close()));
  }

  /** Leaves nothing in Redis. */
  async forget(): Promise<void> {
    await this.#worker.close();
    await this.#queue.obliterate({ force: true, count: 10_000 });
    await this.close();
  }
}
