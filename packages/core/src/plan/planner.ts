import type { ItemCounts } from '../events/index.ts';
import { dependenciesOf, remainingPath } from '../graph/index.ts';
import {
  type BoundStage,
  conditionHolds,
  FROM_INITIAL,
  type ModelPipeline,
  orderingDependencies,
  toleratesSkip,
  wiredInputs,
} from '../pipeline/index.ts';
import { type BasisEntry, changedEntries, type FileEntry, type StageBasis } from './basis.ts';
import { isLeftOutBySelection } from './left-out.ts';
import { ownChanges } from './own-changes.ts';
import { countDecisions, type Decision, type Plan, type Verdict } from './plan.ts';
import type { Mover, Reason } from './reason.ts';
import { type Movement, movingInput, toMover, unsettledReads } from './unsettled-reads.ts';

/** A stage's checkpoint as the plan needs it. */
export interface PriorOutcome {
  /** `lost`: its process died while it was running. `undone`: what it did was taken back. */
  readonly status: 'succeeded' | 'failed' | 'skipped' | 'cancelled' | 'lost' | 'undone';
  readonly attempt: number;
  readonly fingerprint: string;
  readonly finishedAt?: number;
  readonly basis?: StageBasis;
  /** Set when it was taken over from another run. */
  readonly origin?: { readonly runId: string };
  /** Set when what the stage wrote can no longer be read. */
  readonly damage?: string;
  /** Of a mapped stage that came to its items. */
  readonly items?: ItemCounts;
}

/** Which stages a run is about. */
export interface PlannedSelection {
  /** 1 for each stage that is meant. */
  readonly mask: Uint8Array;
  /** 1 for each stage that runs again even if it could be kept. */
  readonly forced: Uint8Array;
}

/** What a stage would read now, as far as the stages that are kept tell. */
export interface CurrentInputs {
  /** The stage is kept: from now on others see what it wrote. */
  keep(stage: number): void;
  /** The values that a record rests on, as they are now; none of their writers may be about to run. */
  entries(stage: number, recorded: readonly BasisEntry[]): readonly BasisEntry[];
}

export interface PlannerRequest {
  readonly pipeline: ModelPipeline;
  /** Outcomes so far of the run that goes on, by stage id; empty for a new run. */
  readonly prior: ReadonlyMap<string, PriorOutcome>;
  readonly current: CurrentInputs;
  /** A stored value that a basis names; undefined when it cannot be read. */
  readonly recorded: (hash: string) => unknown;
  /** A stage's files as they are now. */
  readonly filesOf: (stage: number) => readonly FileEntry[];
  readonly selection: PlannedSelection | undefined;
  /** Stages of the run so far that wrote something and are no longer in the pipeline. */
  readonly removed: Iterable<string>;
  /** What of the initial context is another value than the run had so far, by key. */
  readonly contextChanges: ReadonlyMap<string, ContextChange>;
}

export interface ContextChange {
  /** Undefined: it was not there, or cannot be read any more. */
  readonly before: unknown;
  readonly after: unknown;
}

const NEW: readonly Reason[] = [{ kind: 'new' }];
const FORCED: readonly Reason[] = [{ kind: 'forced' }];
/** A stage without history is taken for this long, so that depth still counts. */
const UNKNOWN_DURATION_MS = 1;

/** Decides stage after stage, dependencies first. Pure: what it has to know was gathered before. */
export class Planner {
  readonly #request: PlannerRequest;
  readonly #decisions: Decision[];
  readonly #reasons: (readonly Reason[])[];
  /** Of each stage: an ancestor that is about to run, or -1. */
  readonly #above: Int32Array;
  /** 1 for each stage that a condition may skip once it can be asked: its own, or that of one above it. */
  readonly #maySkip: Uint8Array;

  constructor(request: PlannerRequest) {
    this.#request = request;
    const { count } = request.pipeline.graph;
    this.#decisions = new Array(count).fill('run');
    this.#reasons = new Array(count).fill(NEW);
    this.#above = new Int32Array(count);
    this.#maySkip = new Uint8Array(count);
  }

  decide(index: number): Verdict {
    const { pipeline, prior, selection } = this.#request;
    const stage = pipeline.stages[index] as BoundStage;
    this.#above[index] = this.#findAbove(index);
    const outcome = prior.get(stage.id);
    const isKeepable = outcome?.status === 'succeeded' && outcome.damage === undefined;
    if (selection !== undefined && selection.mask[index] !== 1) {
      const reasons: readonly Reason[] = [{ kind: 'unselected', kept: isKeepable }];
      return { decision: isKeepable ? 'reuse' : 'skip', reasons };
    }
    const skipped = this.#skipReason(stage);
    if (skipped !== undefined) return { decision: 'skip', reasons: [skipped] };
    if (selection?.forced[index] === 1) return { decision: 'run', reasons: FORCED };
    if (outcome === undefined) return { decision: 'run', reasons: NEW };
    if (outcome.damage !== undefined) return run({ kind: 'damaged', message: outcome.damage });
    const { status, attempt } = outcome;
    if (status === 'lost') return run({ kind: 'lost', attempt });
    if (status !== 'succeeded') return run({ kind: 'unfinished', status });
    return this.#compare(stage, outcome);
  }

  /** What would be decided of the stage if its last outcome were this one. */
  decideAs(index: number, outcome: PriorOutcome): Verdict {
    return this.#compare(this.#request.pipeline.stages[index] as BoundStage, outcome);
  }

  /** A stage that is about to run, and on which the given one may rest. Known once it was decided. */
  movingAbove(index: number): Mover | undefined {
    return this.#moverOf(this.#above[index] as number);
  }

  /** A stage that is about to run and make anew what the condition of the given one reads. */
  movingCondition(index: number): Mover | undefined {
    return this.#moverOf(movingInput(index, this.#movement));
  }

  /**
   * A stage that is to run may be skipped by a condition that nobody can ask yet, its own or that of a stage
   * that it cannot do without.
   * @param canAsk its own condition was asked, if everything that it reads is there
   */
  leaveOpen(index: number, verdict: Verdict, canAsk = true): Verdict {
    const open = [...this.#openCondition(index, canAsk), ...this.#openNeeds(index)];
    if (open.length === 0 || verdict.decision === 'reuse' || verdict.decision === 'skip')
      return verdict;
    this.#maySkip[index] = 1;
    const isKeepable =
      verdict.decision === 'undecided' && verdict.reasons[0]?.kind !== 'pending-cache';
    // Of what may be kept it is told what that depends on; the condition is asked all the same.
    if (isKeepable) return verdict;
    const own = verdict.reasons.filter(({ kind }) => kind !== 'new');
    return { decision: 'undecided', reasons: [...open, ...own] };
  }

  settle(index: number, { decision, reasons }: Verdict): void {
    this.#decisions[index] = decision;
    this.#reasons[index] = reasons;
    if (decision === 'reuse') this.#request.current.keep(index);
  }

  /** @param durations expected milliseconds per stage, from history */
  finish(durations?: ReadonlyMap<string, number>): Plan {
    const { pipeline } = this.#request;
    const decisions = this.#decisions;
    return {
      pipeline,
      decisions,
      reasons: this.#reasons,
      counts: countDecisions(decisions),
      removed: [...this.#request.removed],
      priority: remainingPath(pipeline.graph, weightsOf(pipeline, durations)),
      durations: durations ?? new Map(),
    };
  }

  get #movement(): Movement {
    const { pipeline } = this.#request;
    return { pipeline, decisions: this.#decisions, above: this.#above };
  }

  #moverOf(index: number): Mover | undefined {
    return index === -1 ? undefined : toMover(index, this.#movement);
  }

  #openCondition(index: number, canAsk: boolean): readonly Reason[] {
    const when = this.#request.pipeline.stages[index]?.when;
    if (when === undefined || when.isConstant) return [];
    const from = this.movingCondition(index);
    if (from === undefined && canAsk) return [];
    return [{ kind: 'pending-condition', text: when.text, from }];
  }

  #openNeeds(index: number): readonly Reason[] {
    const { pipeline } = this.#request;
    const by = dependenciesOf(pipeline.graph, index).find(
      (need) => this.#maySkip[need] === 1 && !toleratesSkip(pipeline, index, need),
    );
    return by === undefined ? [] : [{ kind: 'pending-skip', by: pipeline.graph.ids[by] ?? '' }];
  }

  #findAbove(index: number): number {
    for (const dependency of dependenciesOf(this.#request.pipeline.graph, index)) {
      const decision = this.#decisions[dependency];
      if (decision === 'run' || decision === 'undecided') return dependency;
      const above = this.#above[dependency] as number;
      if (above !== -1) return above;
    }
    return -1;
  }

  #skipReason(stage: BoundStage): Reason | undefined {
    const { when } = stage;
    const blocked = this.#blockedBy(stage);
    if (blocked !== undefined || when === undefined || !when.isConstant) return blocked;
    return holdsWithoutInputs(stage) ? undefined : { kind: 'condition', text: when.text };
  }

  /** What the selection leaves out is told before what a condition does. */
  #blockedBy(stage: BoundStage): Reason | undefined {
    const { pipeline } = this.#request;
    let blocked: Reason | undefined;
    for (const dependency of dependenciesOf(pipeline.graph, stage.index)) {
      if (this.#decisions[dependency] !== 'skip') continue;
      const isLeftOut = isLeftOutBySelection(this.#reasons[dependency]);
      if (!isLeftOut && toleratesSkip(pipeline, stage.index, dependency)) continue;
      if (blocked === undefined || isLeftOut)
        blocked = { kind: 'blocked', by: pipeline.graph.ids[dependency] ?? '', isLeftOut };
      if (isLeftOut) break;
    }
    return blocked;
  }

  #compare(stage: BoundStage, outcome: PriorOutcome): Verdict {
    const { pipeline, current, recorded, filesOf } = this.#request;
    const changes = ownChanges(stage, outcome, { pipeline, recorded, files: filesOf(stage.index) });
    if (changes.length > 0) return { decision: 'run', reasons: changes };
    const unsettled = unsettledReads(stage, outcome.basis, this.#movement);
    if (unsettled.firm.length > 0) return { decision: 'run', reasons: unsettled.firm };
    const settled = unsettled.settled;
    const changed = changedEntries(settled, current.entries(stage.index, settled));
    if (changed.length > 0) {
      const reasons = changed.map((entry) => this.#inputReason(stage, outcome, entry));
      return { decision: 'run', reasons };
    }
    const { failed = 0, total = 0 } = outcome.items ?? {};
    if (failed > 0) return run({ kind: 'items', failed, total });
    if (unsettled.pending.length > 0) return { decision: 'undecided', reasons: unsettled.pending };
    return { decision: 'reuse', reasons: [keptReason(outcome)] };
  }

  #inputReason(stage: BoundStage, outcome: PriorOutcome, [kind, name]: BasisEntry): Reason {
    const { pipeline, prior } = this.#request;
    const idOf = (index: number): string => pipeline.graph.ids[index] ?? '';
    const isNewer = (index: number): boolean =>
      (prior.get(idOf(index))?.finishedAt ?? 0) > (outcome.finishedAt ?? Number.POSITIVE_INFINITY);
    if (kind === 'needs') {
      const newer = orderingDependencies(pipeline, stage.index).filter(isNewer);
      return { kind: 'needs', stages: Array.from(newer.subarray(0, MOST_NAMED), idOf) };
    }
    if (kind === 'keys') return { kind: 'input', name: 'keys of the context', because: undefined };
    const wired = kind === 'input' ? wiredInputs(pipeline, stage.index).get(name) : undefined;
    const writer = wired?.provider;
    const key = wired?.key ?? name;
    const change = this.#request.contextChanges.get(key);
    if (change !== undefined && (writer ?? FROM_INITIAL) === FROM_INITIAL) {
      return { kind: 'context', key, ...change, at: pipeline.locate(['context', key]) };
    }
    return {
      kind: 'input',
      name,
      because: writer !== undefined && isNewer(writer) ? idOf(writer) : undefined,
    };
  }
}

/** So many stages are named in one reason. */
const MOST_NAMED = 3;

function keptReason({ attempt, origin }: PriorOutcome): Reason {
  return origin === undefined ? { kind: 'kept', attempt } : { kind: 'cached', runId: origin.runId };
}

function run(reason: Reason): Verdict {
  return { decision: 'run', reasons: [reason] };
}

function holdsWithoutInputs(stage: BoundStage): boolean {
  try {
    return conditionHolds(stage, {});
  } catch {
    // It is asked again, and fails the stage, where a failure can be recorded.
    return true;
  }
}

function weightsOf(
  { graph }: ModelPipeline,
  durations: ReadonlyMap<string, number> | undefined,
): Float64Array | undefined {
  if (durations === undefined || durations.size === 0) return undefined;
  return Float64Array.from(graph.ids, (id) =>
    Math.max(UNKNOWN_DURATION_MS, durations.get(id) ?? 0),
  );
}
