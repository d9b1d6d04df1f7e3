import type { ContextLayers } from '../context/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { RunState } from '../run/index.ts';
import type { BasisRecorder } from './basis-recorder.ts';
import type { CachedOutcome } from './cached-outcomes.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { SessionParts } from './session-parts.ts';
import type { Admission, StartBasis } from './stage-gate.ts';
import type { StageOutcomes } from './stage-outcomes.ts';

interface AdmissionsParts {
  readonly session: SessionParts;
  readonly state: RunState;
  readonly layers: ContextLayers;
  readonly outcomes: StageOutcomes;
  readonly commits: CommitQueue;
  readonly basis: BasisRecorder;
}

type Kept = Extract<Admission, { readonly kind: 'keep' }>;

/** Settles stages for which a checkpoint stands, once the run is under way. */
export class Admissions {
  readonly #parts: AdmissionsParts;

  constructor(parts: AdmissionsParts) {
    this.#parts = parts;
  }

  /** Its own checkpoint of an earlier session; it is on record already. */
  keep({ index, id }: BoundStage, { record, cells, reason }: Kept): void {
    const { session, state, layers, outcomes, commits } = this.#parts;
    commits.note({
      event: { type: 'stage.reused', at: session.clock.now(), stage: id, reason },
    });
    outcomes.set(index, record);
    layers.add(index, cells);
    state.reuse(index);
  }

  /** The outcome of another run, or of an older version, becomes one of this. @param isPlanned its writes are in the context already */
  takeOver(
    stage: BoundStage,
    outcome: CachedOutcome,
    { basis: start, reason, isPlanned }: TakeOver,
  ): void {
    const { state, layers, outcomes, commits, basis } = this.#parts;
    const told = basis.recordTaken(stage, start, outcome.record.basis);
    const record = outcomes.takenOver(stage, outcome, told.basis);
    const { finishedAt: at } = record;
    const event = {
      type: 'stage.reused',
      at,
      stage: stage.id,
      reason,
      // One that was migrated is of this run.
      ...(outcome.values === undefined ? { from: outcome.runId } : {}),
      ...(record.items === undefined ? {} : { items: record.items }),
    } as const;
    const values = [...told.values, ...(outcome.values ?? [])];
    const entry = { values, stage: record, event };
    if (isPlanned) {
      // Settled before the first stage starts, or it would be started itself while its record is written.
      outcomes.set(stage.index, record);
      state.reuse(stage.index);
      commits.add(entry, true);
      return;
    }
    const apply = (): void => {
      outcomes.set(stage.index, record);
      layers.add(stage.index, outcome.cells);
      state.reuse(stage.index);
    };
    commits.add({ ...entry, apply }, true);
  }
}

interface TakeOver {
  readonly basis: StartBasis;
  readonly reason: string;
  readonly isPlanned: boolean;
}
