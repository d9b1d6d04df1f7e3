import type { RunId } from '../../base/ids.ts';
import { VirtualClock } from '../../base/virtual-clock.ts';
import type { CheckpointStore } from '../../checkpoint/index.ts';
import { PipelineExecutor, type RunHandle } from '../../executor/index.ts';
import type { SeededRandom } from '../../graph/index.ts';
import type { ModelPipeline } from '../../pipeline/index.ts';
import { type Pending, SimulatedStore } from './simulated-store.ts';

/** How a process ended: with a status of its run, the code of an error, or not at all. */
export type ProcessEnd = string | undefined;

interface ProcessParts {
  readonly name: string;
  readonly inner: CheckpointStore;
  readonly random: SeededRandom;
  /** Share of writes that fail. */
  readonly faults: number;
  /** The pipeline as this process runs it: its stages wait until the process lets them go on. */
  readonly pipelineOf: (process: SimulatedProcess) => ModelPipeline;
}

/** One process on a machine of its own, with its own clock. It may be stopped, go on, and die. */
export class SimulatedProcess {
  readonly name: string;
  readonly host: string;
  readonly clock: VirtualClock;
  readonly #parts: ProcessParts;
  readonly #executor: PipelineExecutor;
  readonly #pipeline: ModelPipeline;
  #pending: Pending[] = [];
  #isDead = false;
  isStopped = false;
  end: ProcessEnd;

  constructor(parts: ProcessParts) {
    const { name, inner, random, faults } = parts;
    this.name = name;
    this.host = `host of ${name}`;
    this.#parts = parts;
    // Years apart: nothing may compare the time of one machine with that of another.
    this.clock = new VirtualClock(Date.UTC(1990 + random.integer(60), 0, 1));
    const store = new SimulatedStore({
      inner,
      host: this.host,
      defer: (pending) => this.defer(pending),
      fault: () => {
        if (random.next() >= faults) return 'none';
        return random.next() < 0.5 ? 'unwritten' : 'written';
      },
    });
    this.#executor = new PipelineExecutor({
      store,
      clock: this.clock,
      random: () => random.next(),
    });
    this.#pipeline = parts.pipelineOf(this);
  }

  get isAlive(): boolean {
    return !this.#isDead && this.end === undefined;
  }

  /** Something that happens to the process later, unless it has died by then. */
  defer(pending: Pending): void {
    if (!this.#isDead) this.#pending.push(pending);
  }

  start(concurrency: number): void {
    this.#follow(this.#executor.start(this.#pipeline, { concurrency }));
  }

  resume(id: RunId, concurrency: number): void {
    this.#follow(this.#executor.resume(id, this.#pipeline, { concurrency }));
  }

  /** Nothing that it waits for happens any more. */
  die(): void {
    this.#isDead = true;
    this.#pending = [];
  }

  /** Lets one thing happen that it waits for, or its time go on; what it was, undefined for nothing. */
  step(): string | undefined {
    if (!this.isAlive || this.isStopped) return undefined;
    const { random } = this.#parts;
    const mayTick = this.clock.pendingTimers > 0 && random.next() < 0.2;
    if (this.#pending.length === 0 || mayTick) return this.clock.fireNext() ? 'timer' : undefined;
    const [picked] = this.#pending.splice(random.integer(this.#pending.length), 1);
    picked?.happen();
    return picked?.name;
  }

  #follow(begun: Promise<RunHandle>): void {
    begun
      .then(async (handle) => {
        this.end = (await handle.result).status;
      })
      .catch((error: { code?: string }) => {
        this.end = error.code ?? 'ERROR';
      });
  }
}
