import { conditionFailure } from '../attempt/index.ts';
import type { StageRecord } from '../checkpoint/index.ts';
import type { Cell } from '../context/index.ts';
import type { FailureRecord } from '../events/index.ts';
import { dependenciesOf } from '../graph/index.ts';
import { type BoundStage, conditionHolds, wiredInputs } from '../pipeline/index.ts';
import {
  type BasisEntry,
  changedEntries,
  describeReasons,
  type FileEntry,
  fileChanges,
  isForced,
  isInDoubt,
  type Reason,
} from '../plan/index.ts';
import type { BasisReader } from './basis-reader.ts';
import type { CachedOutcome, CachedOutcomes } from './cached-outcomes.ts';
import { fileEntries } from './file-entries.ts';
import { inputValues } from './input-values.ts';
import { keptCells } from './kept-cells.ts';
import type { SessionParts } from './session-parts.ts';
import type { StageViews } from './stage-views.ts';
import { loadCells } from './stored-cell.ts';

/** What a stage rests on, known before it starts. */
export interface StartBasis {
  readonly inputs: readonly BasisEntry[];
  readonly files: readonly FileEntry[];
}

/** What becomes of a stage whose dependencies are satisfied. */
export type Admission =
  | {
      readonly kind: 'run';
      readonly basis: StartBasis;
      /** Why it runs again. */
      readonly reason?: string;
      /** It fails before it starts. */
      readonly failure?: FailureRecord;
    }
  | {
      readonly kind: 'keep';
      readonly record: StageRecord;
      readonly cells: readonly Cell[];
      readonly reason: string;
    }
  | {
      readonly kind: 'take-over';
      readonly outcome: CachedOutcome;
      readonly basis: StartBasis;
      readonly reason: string;
    }
  | { readonly kind: 'skip'; readonly reason: string };

interface StageGateParts {
  readonly session: SessionParts;
  readonly views: StageViews;
  readonly basis: BasisReader;
  readonly cached: CachedOutcomes;
  /** Stages that ran in this session, for reasons. */
  readonly hasRun: (stage: number) => boolean;
}

const NO_FILES: readonly FileEntry[] = [];

/**
 * Decides what the plan had to leave open: whether a condition holds, whether what an undecided stage reads
 * came out the same, whether another run has done the work. At once where nothing has to be read for it.
 */
export class StageGate {
  readonly #parts: StageGateParts;

  constructor(parts: StageGateParts) {
    this.#parts = parts;
  }

  /** @param isRetry the stage was admitted before, and failed */
  admit(stage: BoundStage, isRetry: boolean): Admission | Promise<Admission> {
    const basis = { inputs: this.#parts.basis.declared(stage.index), files: NO_FILES };
    if (stage.files.length > 0) {
      return fileEntries(stage.files).then((files) =>
        this.#decide(stage, { ...basis, files }, isRetry),
      );
    }
    return this.#decide(stage, basis, isRetry);
  }

  /** Of a stage whose outcome the plan took over from another run: nothing of it can have changed since. */
  basisOf(stage: BoundStage, { record }: CachedOutcome): StartBasis {
    const inputs = this.#parts.basis.declared(stage.index);
    return { inputs, files: record.basis?.files ?? NO_FILES };
  }

  #decide(stage: BoundStage, basis: StartBasis, isRetry: boolean): Admission | Promise<Admission> {
    // Asked before each attempt: what failed may have been the condition itself.
    const unmet = this.#unmetCondition(stage, basis);
    if (unmet !== undefined) return unmet;
    if (isRetry) return { kind: 'run', basis };
    const record = this.#recordInDoubt(stage);
    if (record === undefined) return this.#runOrTakeOver(stage, basis);
    const reasons = this.#changes(stage, record, basis);
    if (reasons.length > 0) return this.#runOrTakeOver(stage, basis, describeReasons(reasons));
    return this.#keep(stage, record, basis);
  }

  /** The checkpoint that stands if nothing that it rests on changed. */
  #recordInDoubt({ index, id, blueprint }: BoundStage): StageRecord | undefined {
    const { session, views } = this.#parts;
    const record = session.records.get(id);
    if (!isInDoubt(session.plan, index) || record?.status !== 'succeeded') return undefined;
    const hasRival = blueprint.outputs === undefined && views.hasRival(index, record.writes);
    return hasRival ? undefined : record;
  }

  #unmetCondition(stage: BoundStage, basis: StartBasis): Admission | undefined {
    const { when } = stage;
    if (when === undefined) return undefined;
    const { session, views } = this.#parts;
    try {
      const inputs = inputValues(
        views,
        stage.index,
        session.pipeline.wiring.inputs.of(stage.index),
      );
      if (conditionHolds(stage, inputs)) return undefined;
      return { kind: 'skip', reason: describeReasons([{ kind: 'condition', text: when.text }]) };
    } catch (error) {
      return { kind: 'run', basis, failure: conditionFailure(stage.id, when.text, error) };
    }
  }

  #changes(stage: BoundStage, { basis }: StageRecord, now: StartBasis): readonly Reason[] {
    const recorded = basis?.inputs ?? [];
    const changed = changedEntries(recorded, this.#parts.basis.entries(stage.index, recorded));
    const reasons = changed.map((entry) => this.#inputReason(stage, entry));
    return [...reasons, ...fileChanges(basis?.files, now.files)];
  }

  #inputReason(stage: BoundStage, [kind, name]: BasisEntry): Reason {
    const { session, hasRun } = this.#parts;
    const { graph } = session.pipeline;
    const idOf = (index: number): string => graph.ids[index] ?? '';
    if (kind === 'needs') {
      const again = dependenciesOf(graph, stage.index).filter(hasRun);
      return { kind: 'needs', stages: Array.from(again.subarray(0, 3), idOf) };
    }
    if (kind === 'keys') return { kind: 'input', name: 'keys of the context', because: undefined };
    const wired =
      kind === 'input' ? wiredInputs(session.pipeline, stage.index).get(name) : undefined;
    const writer = wired?.provider ?? -1;
    return { kind: 'input', name, because: hasRun(writer) ? idOf(writer) : undefined };
  }

  #runOrTakeOver(
    stage: BoundStage,
    basis: StartBasis,
    reason?: string,
  ): Admission | Promise<Admission> {
    const { plan, options } = this.#parts.session;
    const run: Admission = { kind: 'run', basis, ...(reason === undefined ? {} : { reason }) };
    const mayReuse = options.mayUseCache && !isForced(plan.reasons[stage.index]);
    if (!stage.options.cacheable || !mayReuse) return run;
    return this.#parts.cached.find(stage, basis.inputs, basis.files).then((outcome) => {
      if (outcome === undefined) return run;
      const { runId, record } = outcome;
      this.#parts.views.claimUndeclared(stage, record.writes);
      return {
        kind: 'take-over',
        outcome,
        basis,
        reason: describeReasons([{ kind: 'cached', runId }]),
      };
    });
  }

  /** Its values were checked when the plan was made; what it patches is in place by now. */
  async #keep(stage: BoundStage, record: StageRecord, basis: StartBasis): Promise<Admission> {
    const { session, views } = this.#parts;
    const cells = keptCells(session.store, views, stage.index, record);
    await loadCells(cells);
    views.claimUndeclared(stage, record.writes);
    const reason = describeReasons([{ kind: 'unchanged' }]);
    const { forkedFrom: runId } = session;
    if (runId === undefined) return { kind: 'keep', record, cells, reason };
    return { kind: 'take-over', outcome: { runId, record, cells }, basis, reason };
  }
}
