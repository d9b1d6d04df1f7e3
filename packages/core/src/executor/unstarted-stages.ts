import type { BoundStage } from '../pipeline/index.ts';
import type { RunState } from '../run/index.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { StageOutcomes } from './stage-outcomes.ts';

/** Why the rest of a run is not started. */
export type StopReason =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly stage: string };

interface UnstartedParts {
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
    for (const index of this.#parts.state.blockedBy(failed.index)) this.#skip(index, reason);
  }

  /** Everything that is left when the run stops, in the order of declaration. */
  closeAll(stop: StopReason): void {
    const { state } = this.#parts;
    const left = [...state.inStatus('pending'), ...state.inStatus('ready')];
    for (const index of left.sort((a, b) => a - b)) {
      if (stop.kind === 'cancelled') this.#cancel(index);
      else this.#skip(index, `the run stopped after ${JSON.stringify(stop.stage)} failed`);
    }
  }

  #skip(index: number, reason: string): void {
    const { state, outcomes, commits } = this.#parts;
    const record = outcomes.unstarted(index, 'skipped', reason);
    const { finishedAt: at, stage } = record;
    state.skip(index);
    outcomes.set(index, record);
    commits.add({ stage: record, event: { type: 'stage.skipped', at, stage, reason } }, true);
  }

  #cancel(index: number): void {
    const { state, outcomes, commits } = this.#parts;
    const record = outcomes.unstarted(index, 'cancelled', 'the run was cancelled');
    const { finishedAt: at, stage, attempt } = record;
    state.cancel(index);
    outcomes.set(index, record);
    const event = { type: 'stage.cancelled', at, stage, attempt, durationMs: 0 } as const;
    commits.add({ stage: record, event }, true);
  }
}
