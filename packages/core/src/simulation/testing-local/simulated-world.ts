import { createHash } from 'node:crypto';
import { asStageId, type StageId } from '../../base/ids.ts';
import { type CheckpointStore, MemoryStore } from '../../checkpoint/index.ts';
import {
  type CompactGraph,
  compileGraph,
  type GeneratedNode,
  generateRandomDag,
  SeededRandom,
} from '../../graph/index.ts';
import { definePipeline, type ModelPipeline } from '../../pipeline/index.ts';
import { stageOf } from '../../runner/testing-local/stage-of.ts';
import { MappedStage, type StageClass } from '../../stage/index.ts';
import { SimulatedProcess } from './simulated-process.ts';

/** What happened in one schedule. */
export interface Tale {
  readonly steps: number;
  readonly processes: number;
  readonly crashes: number;
  readonly stops: number;
  /** Ends of processes, by status or code. */
  readonly ends: Readonly<Record<string, number>>;
  /** Starts of stages and items, repeated ones included. */
  readonly executions: number;
  /** Items whose results a later attempt of their stage kept. */
  readonly keptItems: number;
}

const MOST_PROCESSES = 4;
const MOST_STEPS = 20_000;

/** Several processes, each on a machine of its own, over one run; all by one seed. */
export class SimulatedWorld {
  /** What is on record. */
  readonly store = new MemoryStore();
  readonly nodes: readonly GeneratedNode[];
  readonly #seenBy: (store: MemoryStore) => CheckpointStore;
  readonly #random: SeededRandom;
  readonly #processes: SimulatedProcess[] = [];
  readonly #log: string[] = [];
  /** How often the run had been owned when a process was stopped. */
  readonly #stoppedAt = new Map<SimulatedProcess, number>();
  #repeated: string | undefined;
  #executions = 0;
  #crashes = 0;
  #stops = 0;

  /** @param seenBy makes of the store what the processes see of it, to show what a broken one leads to */
  constructor(seed: number, seenBy: (store: MemoryStore) => CheckpointStore = (store) => store) {
    this.#seenBy = seenBy;
    this.#random = new SeededRandom(seed);
    this.nodes = generateRandomDag({ nodes: 2 + this.#random.integer(7), density: 0.3, seed });
  }

  /** Work that was on record and was done again. */
  get repeated(): string | undefined {
    return this.#repeated;
  }

  get graph(): CompactGraph {
    return compileGraph(this.nodes).graph;
  }

  /** The newest of what happened, for the message of a failure. */
  get log(): readonly string[] {
    return this.#log.slice(-60);
  }

  /** Trouble first, then one process after the other until the run has ended. */
  async live(): Promise<Tale> {
    let steps = 0;
    const trouble = 20 + this.#random.integer(120);
    this.#enter(0.05);
    for (; steps < MOST_STEPS; steps++) {
      const isTroubled = steps < trouble;
      if (isTroubled) this.#makeTrouble();
      else if (this.#hasEnded()) break;
      else if (!this.#processes.some((process) => process.isAlive && !process.isStopped)) {
        this.#enter(0);
      }
      if (!isTroubled) this.#wakeOne();
      this.#step();
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (steps === MOST_STEPS) throw new RangeError('the run never ends');
    const ends: Record<string, number> = {};
    for (const { end = 'dead' } of this.#processes) ends[end] = (ends[end] ?? 0) + 1;
    return {
      steps,
      processes: this.#processes.length,
      crashes: this.#crashes,
      stops: this.#stops,
      ends,
      executions: this.#executions,
      keptItems: this.#keptItems(),
    };
  }

  pipelineOf(process: SimulatedProcess): ModelPipeline {
    const stages = this.nodes.map(({ id, needs }) => ({
      id,
      needs: [...needs],
      stage: isMapped(id) ? this.#mapped(process, id, needs) : this.#plain(process, id, needs),
    }));
    return definePipeline({ name: 'sketch', context: { parts: PARTS }, stages });
  }

  #plain(process: SimulatedProcess, id: string, needs: readonly string[]): StageClass {
    return stageOf({
      run: ({ context }) => {
        const upstream = needs.map((need) => context.get(need));
        return this.#execute(process, `stage ${id}`, () => ({ [id]: digest(id, upstream) }));
      },
    });
  }

  #mapped(process: SimulatedProcess, id: string, needs: readonly string[]): StageClass {
    const runItem = (part: string, { inputs, attempt }: PartScope): Promise<unknown> => {
      this.#refuseRepeat(process, { stage: asStageId(id), key: part, attempt });
      const upstream = needs.map((need) => inputs[need]);
      return this.#execute(process, `item ${part} of ${id}`, () => digest(id + part, upstream));
    };
    return class extends MappedStage.of({ map: { over: 'parts', into: id, concurrency: 2 } }) {
      override runItem(...args: Parameters<typeof runItem>): Promise<never> {
        return runItem(...args) as Promise<never>;
      }
    };
  }

  #execute(process: SimulatedProcess, name: string, result: () => unknown): Promise<unknown> {
    this.#executions++;
    this.#log.push(`${process.name} runs ${name}`);
    return new Promise((resolve) => process.defer({ name, happen: () => resolve(result()) }));
  }

  /** The owner of the run does no item whose result was on record before its attempt began. */
  #refuseRepeat(
    { host }: SimulatedProcess,
    {
      stage,
      key,
      attempt,
    }: { readonly stage: StageId; readonly key: string; readonly attempt: number },
  ): void {
    const [run] = this.store.listRuns({ limit: 1 });
    if (run?.owner?.host !== host) return;
    const known = this.store.loadItems(run.id, stage).find((item) => item.key === key);
    if (known?.status !== 'succeeded' || known.attempt >= attempt) return;
    this.#repeated ??= `item ${key} of ${stage} was done in attempt ${known.attempt}, and again in ${attempt}`;
  }

  #keptItems(): number {
    return this.store
      .listRuns({ limit: 1 })
      .flatMap(({ id }) => this.store.loadStages(id))
      .reduce((sum, { items }) => sum + (items?.kept ?? 0), 0);
  }

  /** All that still waits is over: the run has succeeded, and no process works on it. */
  #hasEnded(): boolean {
    return this.#isOver() && this.#processes.every((process) => !process.isAlive);
  }

  #isOver(): boolean {
    const [run] = this.store.listRuns({ limit: 1 });
    return run?.status === 'succeeded';
  }

  #enter(faults: number): void {
    const process = new SimulatedProcess({
      name: `p${this.#processes.length}`,
      inner: this.#seenBy(this.store),
      random: this.#random,
      faults,
      pipelineOf: (own) => this.pipelineOf(own),
    });
    this.#processes.push(process);
    const [run] = this.store.listRuns({ limit: 1 });
    this.#log.push(`${process.name} ${run === undefined ? 'starts' : 'resumes'}`);
    const concurrency = 1 + this.#random.integer(3);
    if (run === undefined) process.start(concurrency);
    else process.resume(run.id, concurrency);
  }

  #makeTrouble(): void {
    const alive = this.#processes.filter(({ isAlive }) => isAlive);
    const owner = this.store.listRuns({ limit: 1 })[0]?.owner?.host;
    const owning = alive.find((process) => process.host === owner && this.#random.next() < 0.5);
    const picked = owning ?? alive[this.#random.integer(Math.max(1, alive.length))];
    const dice = this.#random.next();
    if (dice < 0.03 && picked !== undefined) {
      this.#crashes++;
      this.#log.push(`${picked.name} dies`);
      picked.die();
    } else if (dice < 0.08 && picked !== undefined) {
      this.#stops++;
      this.#log.push(`${picked.name} ${picked.isStopped ? 'goes on' : 'is stopped'}`);
      picked.isStopped = !picked.isStopped;
      this.#stoppedAt.set(picked, this.#fence);
    } else if (dice < 0.14 && alive.length < MOST_PROCESSES) this.#enter(0.05);
  }

  /** Mostly one that slept while another took its run over, and goes on as if nothing had happened. */
  #wakeOne(): void {
    const asleep = this.#processes.filter(({ isAlive, isStopped }) => isAlive && isStopped);
    const woken = asleep[this.#random.integer(Math.max(1, asleep.length))];
    if (woken === undefined) return;
    const wasReplaced = this.#fence > (this.#stoppedAt.get(woken) ?? 0);
    if (this.#random.next() >= (wasReplaced || this.#isOver() ? 0.2 : 0.001)) return;
    woken.isStopped = false;
    this.#log.push(`${woken.name} goes on`);
  }

  get #fence(): number {
    return this.store.listRuns({ limit: 1 })[0]?.fence ?? 0;
  }

  #step(): void {
    const able = this.#processes.filter((process) => process.isAlive && !process.isStopped);
    const process = able[this.#random.integer(Math.max(1, able.length))];
    const what = process?.step();
    if (what !== undefined) this.#log.push(`${process?.name}: ${what}`);
  }
}

const PARTS: readonly string[] = ['x', 'y'];

interface PartScope {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly attempt: number;
}

/** Every third stage works item by item. */
export function isMapped(id: string): boolean {
  return Number(id.slice(id.search(/\d/))) % 3 === 1;
}

/** What a stage computes: a digest of its id and of what its dependencies computed. */
function digest(id: string, upstream: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify([id, upstream]))
    .digest('hex')
    .slice(0, 12);
}

/** The final context without an engine. */
export function expectedContext(nodes: readonly GeneratedNode[]): Record<string, unknown> {
  const needsOf = new Map(nodes.map(({ id, needs }) => [id, needs]));
  const done = new Map<string, unknown>();
  const compute = (id: string): unknown => {
    const known = done.get(id);
    if (known !== undefined) return known;
    const upstream = (needsOf.get(id) ?? []).map(compute);
    const value = isMapped(id)
      ? PARTS.map((part) => digest(id + part, upstream))
      : digest(id, upstream);
    done.set(id, value);
    return value;
  };
  return { parts: PARTS, ...Object.fromEntries(nodes.map(({ id }) => [id, compute(id)])) };
}
