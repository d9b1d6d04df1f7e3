import { invariant } from '../base/invariant.ts';
import { STAGE_STATUSES, type StageStatus } from '../events/statuses.ts';
import { type CompactGraph, dependantsOf, dependencyCount, eachDependant } from '../graph/index.ts';
import { EarlyEnds } from './early-ends.ts';
import { type ReadyOrder, ReadyQueue } from './ready-queue.ts';
import { isEnded, moveStage, type StageMove } from './transitions.ts';

const CODE_OF = Object.fromEntries(
  STAGE_STATUSES.map((status, code) => [status, code]),
) as Readonly<Record<StageStatus, number>>;

/**
 * Where every stage of a run stands. Pure and synchronous: it decides what may start, and nothing
 * else. The executor is its only owner.
 *
 * A dependency is satisfied by a stage that succeeded, was reused, or failed with a fallback. One that
 * failed without a fallback, was skipped or was cancelled blocks its dependants for good.
 */
export class RunState {
  readonly #graph: CompactGraph;
  readonly #status: Uint8Array;
  readonly #unsatisfied: Int32Array;
  readonly #ready: ReadyQueue;
  readonly #counts: Record<StageStatus, number>;
  readonly #earlyEnds: EarlyEnds;

  constructor(graph: CompactGraph, order: ReadyOrder) {
    this.#graph = graph;
    this.#status = new Uint8Array(graph.count);
    this.#unsatisfied = new Int32Array(graph.count);
    this.#ready = new ReadyQueue(order);
    this.#counts = countsOf(graph.count);
    this.#earlyEnds = new EarlyEnds(graph, (stage) => isEnded(this.status(stage)));
    for (let stage = 0; stage < graph.count; stage++) {
      this.#unsatisfied[stage] = dependencyCount(graph, stage);
    }
  }

  status(stage: number): StageStatus {
    return STAGE_STATUSES[this.#status[stage] as number] as StageStatus;
  }

  count(status: StageStatus): number {
    return this.#counts[status];
  }

  /** True once every stage has ended. */
  get ended(): boolean {
    const counts = this.#counts;
    return counts.pending + counts.ready + counts.running === 0;
  }

  get hasReady(): boolean {
    return this.#counts.ready > 0;
  }

  /** Stages without dependencies; call once, before anything else is started. */
  unblockRoots(): void {
    for (let stage = 0; stage < this.#graph.count; stage++) {
      if (this.#unsatisfied[stage] === 0 && this.#statusIs(stage, 'pending')) this.unblock(stage);
    }
  }

  /** A pending stage may start now: its dependencies are satisfied, or its wait is over. */
  unblock(stage: number): void {
    invariant(this.#unsatisfied[stage] === 0, `unblocked stage ${stage} still has dependencies`);
    this.#move(stage, 'unblock');
    this.#ready.add(stage);
  }

  /** Takes the ready stage that goes first out of the queue: `start`, `reuse` or `skip` it. */
  takeReady(): number | undefined {
    for (;;) {
      const stage = this.#ready.take();
      // A stage that was cancelled or skipped while it was ready is still in the queue.
      if (stage === undefined || this.#statusIs(stage, 'ready')) return stage;
    }
  }

  start(stage: number): void {
    this.#move(stage, 'start');
  }

  succeed(stage: number): void {
    this.#move(stage, 'succeed');
    this.#satisfyDependants(stage);
  }

  /** A checkpoint stands for the stage; only before its own start. Its dependants wait for what it needs. */
  reuse(stage: number): void {
    this.#move(stage, 'reuse');
    this.#satisfyDependants(stage);
  }

  /** Failed for good. With a fallback its dependants go on. */
  fail(stage: number, fallback: boolean): void {
    this.#move(stage, 'fail');
    if (fallback) this.#satisfyDependants(stage);
  }

  /** The attempt failed and another will follow: `unblock` when its wait is over. */
  retry(stage: number): void {
    this.#move(stage, 'retry');
  }

  skip(stage: number): void {
    this.#move(stage, 'skip');
  }

  /** Dependants go on without one that was skipped, whose outputs they can do without. */
  forgo(skipped: number, dependants: readonly number[]): void {
    this.#pass(skipped, Int32Array.from(dependants));
  }

  cancel(stage: number): void {
    this.#move(stage, 'cancel');
  }

  /** What the stage had done is taken back; its dependants, undone before it, are not told. */
  undo(stage: number): void {
    this.#move(stage, 'undo');
  }

  /** All descendants of the stage that have not started, in no particular order. */
  blockedBy(stage: number): readonly number[] {
    const seen = new Set<number>();
    const open = [stage];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const dependant of dependantsOf(this.#graph, next)) {
        // What has ended already took its own descendants with it.
        if (seen.has(dependant) || isEnded(this.status(dependant))) continue;
        seen.add(dependant);
        open.push(dependant);
      }
    }
    return [...seen];
  }

  /** Stages that stand in the given status. O(stages). */
  inStatus(status: StageStatus): readonly number[] {
    const found: number[] = [];
    for (let stage = 0; stage < this.#graph.count; stage++) {
      if (this.#statusIs(stage, status)) found.push(stage);
    }
    return found;
  }

  #satisfyDependants(stage: number): void {
    // A view of them is made only where it is kept.
    if (this.#earlyEnds.isEmpty) eachDependant(this.#graph, stage, this.#satisfy);
    else this.#pass(stage, dependantsOf(this.#graph, stage));
  }

  #pass(stage: number, dependants: Int32Array): void {
    if (this.#earlyEnds.holds(stage, dependants)) return;
    for (const dependant of dependants) this.#satisfy(dependant);
  }

  readonly #satisfy = (dependant: number): void => {
    const left = (this.#unsatisfied[dependant] as number) - 1;
    this.#unsatisfied[dependant] = left;
    if (left === 0 && this.#statusIs(dependant, 'pending')) this.unblock(dependant);
  };

  #statusIs(stage: number, status: StageStatus): boolean {
    return this.#status[stage] === CODE_OF[status];
  }

  #move(stage: number, move: StageMove): void {
    const from = this.status(stage);
    const to = moveStage(this.#graph.ids[stage] ?? String(stage), from, move);
    this.#status[stage] = CODE_OF[to];
    this.#counts[from]--;
    this.#counts[to]++;
    if (!isEnded(to) || move === 'undo') return;
    if (from === 'pending') this.#earlyEnds.add(stage);
    if (this.#earlyEnds.isEmpty) return;
    for (const dependant of this.#earlyEnds.settle(stage)) this.#satisfy(dependant);
  }
}

function countsOf(pending: number): Record<StageStatus, number> {
  return {
    pending,
    ready: 0,
    running: 0,
    succeeded: 0,
    reused: 0,
    skipped: 0,
    failed: 0,
    cancelled: 0,
  };
}
