import { describe, expect, it } from '@jest/globals';
import { STAGE_STATUSES, type StageStatus } from '../events/statuses.ts';
import {
  type CompactGraph,
  compileGraph,
  generateRandomDag,
  SeededRandom,
} from '../graph/index.ts';
import { RunState } from './run-state.ts';
import { isEnded } from './transitions.ts';

/** What a run is, told a second time and slowly: a status per stage and who satisfied whom. */
class Model {
  readonly status: StageStatus[];
  readonly #satisfied = new Set<number>();
  readonly #needs: readonly (readonly number[])[];

  constructor(graph: CompactGraph) {
    this.status = graph.ids.map(() => 'pending');
    this.#needs = graph.ids.map((_, stage) =>
      Array.from(
        graph.dependencies.subarray(
          graph.dependencyOffsets[stage],
          graph.dependencyOffsets[stage + 1],
        ),
      ),
    );
  }

  satisfy(stage: number): void {
    this.#satisfied.add(stage);
    this.#needs.forEach((needs, dependant) => {
      if (needs.includes(stage) && this.mayStart(dependant)) this.status[dependant] = 'ready';
    });
  }

  mayStart(stage: number): boolean {
    return (
      this.status[stage] === 'pending' &&
      (this.#needs[stage] ?? []).every((need) => this.#satisfied.has(need))
    );
  }

  blockedBy(stage: number): number[] {
    const blocked = new Set<number>();
    const visit = (node: number): void => {
      this.#needs.forEach((needs, dependant) => {
        if (!needs.includes(node) || blocked.has(dependant)) return;
        if (isEnded(this.status[dependant] as StageStatus)) return;
        blocked.add(dependant);
        visit(dependant);
      });
    };
    visit(stage);
    return [...blocked].sort((a, b) => a - b);
  }

  in(status: StageStatus): number[] {
    return this.status.flatMap((own, stage) => (own === status ? [stage] : []));
  }
}

class Walk {
  readonly #random: SeededRandom;
  readonly #state: RunState;
  readonly #model: Model;
  readonly #waiting = new Set<number>();

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
    const nodes = generateRandomDag({ nodes: 2 + this.#random.integer(14), density: 0.25, seed });
    const { graph } = compileGraph(nodes);
    const tieBreak = Int32Array.from(this.#random.shuffled(graph.ids.keys()));
    const priority = Float64Array.from(graph.ids, () => this.#random.integer(4));
    this.#state = new RunState(graph, { priority, tieBreak });
    this.#model = new Model(graph);
  }

  toTheEnd(): number {
    this.#keepSome();
    this.#state.unblockRoots();
    for (const stage of this.#model.status.keys())
      if (this.#model.mayStart(stage)) this.#model.status[stage] = 'ready';
    let moves = 0;
    while (!this.#state.ended) {
      this.#step();
      this.#check();
      expect(++moves).toBeLessThan(1000);
    }
    expect(this.#state.takeReady()).toBeUndefined();
    return moves;
  }

  /** As a resume does: kept stages are ancestors of all that is not kept. */
  #keepSome(): void {
    if (this.#random.next() < 0.5) return;
    for (const stage of this.#model.status.keys()) {
      const isFree = this.#model.status[stage] === 'ready' || this.#model.mayStart(stage);
      if (!isFree || this.#random.next() < 0.5) continue;
      this.#state.reuse(stage);
      this.#model.status[stage] = 'reused';
      this.#model.satisfy(stage);
    }
  }

  #step(): void {
    const running = this.#model.in('running');
    const waiting = [...this.#waiting];
    if (waiting.length > 0 && this.#random.next() < 0.3) return this.#wake(waiting);
    if (running.length > 0 && (this.#random.next() < 0.5 || !this.#state.hasReady)) {
      return this.#end(running[this.#random.integer(running.length)] as number);
    }
    if (this.#random.next() < 0.05) return this.#giveUp();
    const stage = this.#state.takeReady();
    if (stage === undefined) return waiting.length > 0 ? this.#wake(waiting) : this.#giveUp();
    expect(this.#model.status[stage]).toBe('ready');
    this.#state.start(stage);
    this.#model.status[stage] = 'running';
  }

  #end(stage: number): void {
    const { status } = this.#model;
    const kind = this.#random.integer(6);
    if (kind === 0) {
      this.#state.retry(stage);
      status[stage] = 'pending';
      this.#waiting.add(stage);
    } else if (kind === 1) {
      this.#state.cancel(stage);
      status[stage] = 'cancelled';
      this.#skipBlocked(stage);
    } else if (kind === 2) {
      const fallback = this.#random.next() < 0.5;
      this.#state.fail(stage, fallback);
      status[stage] = 'failed';
      if (fallback) this.#model.satisfy(stage);
      else this.#skipBlocked(stage);
    } else {
      this.#state.succeed(stage);
      status[stage] = 'succeeded';
      this.#model.satisfy(stage);
    }
  }

  #skipBlocked(stage: number): void {
    const blocked = [...this.#state.blockedBy(stage)].sort((a, b) => a - b);
    expect(blocked).toEqual(this.#model.blockedBy(stage));
    for (const dependant of blocked) {
      this.#state.skip(dependant);
      this.#model.status[dependant] = 'skipped';
    }
  }

  #wake(waiting: readonly number[]): void {
    const stage = waiting[this.#random.integer(waiting.length)] as number;
    this.#waiting.delete(stage);
    this.#state.unblock(stage);
    this.#model.status[stage] = 'ready';
  }

  /** Cancels something that has not started. */
  #giveUp(): void {
    const open = [...this.#model.in('ready'), ...this.#model.in('pending')];
    const stage = open[this.#random.integer(open.length)];
    if (stage === undefined) return;
    this.#waiting.delete(stage);
    this.#state.cancel(stage);
    this.#model.status[stage] = 'cancelled';
    this.#skipBlocked(stage);
  }

  #check(): void {
    this.#model.status.forEach((status, stage) => {
      expect(this.#state.status(stage)).toBe(status);
    });
    for (const status of STAGE_STATUSES) {
      expect(this.#state.count(status)).toBe(this.#model.in(status).length);
      expect(this.#state.inStatus(status)).toEqual(this.#model.in(status));
    }
    expect(this.#state.hasReady).toBe(this.#model.in('ready').length > 0);
  }
}

describe('RunState under random legal moves', () => {
  it('agrees after every move with a model that works it out afresh', () => {
    let moves = 0;
    for (let seed = 1; seed <= 300; seed++) moves += new Walk(seed).toTheEnd();
    expect(moves).toBeGreaterThan(3000);
  });
});
