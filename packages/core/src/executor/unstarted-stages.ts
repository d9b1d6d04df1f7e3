import type { StageRecord } from '../checkpoint/index.ts';
import type { StageSkipped } from '../events/index.ts';
import { dependantsOf } from '../graph/index.ts';
import { type BoundStage, type ModelPipeline, toleratesSkip } from '../pipeline/index.ts';
import { isEnded, type RunState } from '../run/index.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { SessionParts } from './session-parts.ts';
import type { StageOutcomes } from './stage-outcomes.ts';

/** Why the rest of a run is not started. */
export type StopReason =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly stage: string };

interface UnstartedParts {
  readonly pipeline: ModelPipeline;
  readonly records: SessionParts['records'];
  readonly state: RunState;
  readonly outcomes: StageOutcomes;
  readonly commits: CommitQueue;
}

/** Gives stages that will not start in this session their last status. */
export class UnstartedStages {
  readonly #parts: UnstartedParts;

  constructor(parts: UnstartedParts) {
    this.#parts = parts;
  }

  /** Everything that needs a stage which failed for good. */
  skipBlocked(failed: BoundStage): void {
    const reason = `it needs ${JSON.stringify(failed.id)}, which failed`;
    for (const index of this.#parts.state.blockedBy(failed.index)) this.#leave(index, reason);
  }

  /**
   * A stage whose condition does not hold, and what needs it; a dependant that can do without its outputs
   * goes on, once that is on record.
   */
  skipUnmet(stage: number, reason: string): void {
    const { state, pipeline } = this.#parts;
    const open = [stage];
    const seen = new Set(open);
    let why = reason;
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { tolerant, dependent } = this.#dependantsBySkip(next);
      for (const dependant of dependent) {
        if (isEnded(state.status(dependant)) || seen.has(dependant)) continue;
        seen.add(dependant);
        open.push(dependant);
      }
      this.#skipByCondition(next, why, tolerant);
      why = `it needs what was skipped after ${JSON.stringify(pipeline.graph.ids[stage])}`;
    }
  }

  /**
   * A stage that the plan skips, since what checkpoint it may have cannot be kept. Its dependants have plans
   * of their own.
   */
  skipPlanned(index: number, reason: string, isCondition: boolean): void {
    if (isCondition) {
      return this.#skipByCondition(index, reason, this.#dependantsBySkip(index).tolerant);
    }
    const { record, event } = this.#skipped(index, reason);
    this.#parts.commits.add({ stage: record, event }, true);
  }

  /** Everything that is left when the run stops, in the order of declaration. */
  closeAll(stop: StopReason): void {
    const { state } = this.#parts;
    const left = [...state.inStatus('pending'), ...state.inStatus('ready')];
    for (const index of left.sort((a, b) => a - b)) {
      if (stop.kind === 'cancelled') this.#cancel(index);
      else this.#leave(index, `the run stopped after ${JSON.stringify(stop.stage)} failed`);
    }
  }

  /** Who can do without what a skipped stage would have written, and who cannot. */
  #dependantsBySkip(skipped: number): Record<'tolerant' | 'dependent', readonly number[]> {
    const { pipeline } = this.#parts;
    const tolerant: number[] = [];
    const dependent: number[] = [];
    for (const dependant of dependantsOf(pipeline.graph, skipped)) {
      (toleratesSkip(pipeline, dependant, skipped) ? tolerant : dependent).push(dependant);
    }
    return { tolerant, dependent };
  }

  /** A stage that the run does not come to. */
  #leave(index: number, reason: string): void {
    const { record, event } = this.#skipped(index, reason);
    this.#parts.commits.add({ ...this.#unlessKept(record), event }, true);
  }

  /** @param tolerant dependants that can do without it */
  #skipByCondition(index: number, reason: string, tolerant: readonly number[]): void {
    const { record, event } = this.#skipped(index, reason);
    const conditioned = { ...event, condition: true } as const;
    const apply = (): void => this.#parts.state.forgo(index, tolerant);
    this.#parts.commits.add({ stage: record, event: conditioned, apply }, true);
  }

  #skipped(index: number, reason: string): SkippedStage {
    const { state, outcomes } = this.#parts;
    const record = outcomes.unstarted(index, 'skipped', reason);
    const { finishedAt: at, stage } = record;
    state.skip(index);
    outcomes.set(index, record);
    return { record, event: { type: 'stage.skipped', at, stage, reason } };
  }

  #cancel(index: number): void {
    const { state, outcomes, commits } = this.#parts;
    const record = outcomes.unstarted(index, 'cancelled', 'the run was cancelled');
    const { finishedAt: at, stage, attempt } = record;
    state.cancel(index);
    outcomes.set(index, record);
    const event = { type: 'stage.cancelled', at, stage, attempt, durationMs: 0 } as const;
    commits.add({ ...this.#unlessKept(record), event }, true);
  }

  /** A stage that the run did not come to keeps the checkpoint that it has, for a resume to decide about. */
  #unlessKept(record: StageRecord): { readonly stage?: StageRecord } {
    const hasCheckpoint = this.#parts.records.get(record.stage)?.status === 'succeeded';
    return hasCheckpoint ? {} : { stage: record };
  }
}

interface SkippedStage {
  readonly record: StageRecord;
  readonly event: Omit<StageSkipped, 'seq' | 'runId'>;
}
