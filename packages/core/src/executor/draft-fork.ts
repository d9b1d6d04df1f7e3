import type { EncodedValue } from '../base/codec/index.ts';
import type { CheckpointStore, WriteRecord } from '../checkpoint/index.ts';
import type { Cell } from '../context/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { ContextChange } from '../plan/index.ts';
import type { CachedOutcome } from './cached-outcomes.ts';
import { currentContext } from './current-context.ts';
import { type DraftedPlan, draftPlan } from './draft-plan.ts';
import type { HoldsSecret } from './holds-secret.ts';
import { pastDurations } from './past-durations.ts';
import { planSelection, refuseIncomplete } from './plan-selection.ts';
import { RecordedValues } from './recorded-values.ts';
import { priorOutcomes, type RunHistory } from './run-history.ts';
import type { StartOptions } from './run-options.ts';
import { sealContext } from './seal-initial-context.ts';

/** A new run that begins with what another one has done. */
export interface DraftedFork extends DraftedPlan {
  /** The initial context of the new run. */
  readonly records: readonly WriteRecord[];
  /** What of it is not in the store yet. */
  readonly values: readonly EncodedValue[];
}

interface ForkRequest {
  readonly store: CheckpointStore;
  readonly pipeline: ModelPipeline;
  /** Of the run that is forked. */
  readonly history: RunHistory;
  readonly options: StartOptions;
  readonly holdsSecret: HoldsSecret | undefined;
}

/**
 * Plans a run that goes on from the outcomes of another: as a resume of that would be planned, but that what is kept
 * is taken over.
 * @throws MillraceError CHECKPOINT_CORRUPT, SECRET_IN_VALUE, SELECTION_EMPTY, SELECTION_INCOMPLETE, SELECTION_SYNTAX,
 * SELECTION_UNKNOWN, VALUE_UNSTORABLE
 */
export async function draftFork(request: ForkRequest): Promise<DraftedFork> {
  const { store, pipeline, history, options } = request;
  const { record, stages } = history;
  const selection = planSelection(pipeline, options.selection, stages);
  const context = await forkedContext(request);
  const drafted = await draftPlan({
    store,
    runId: record.id,
    holdsSecret: request.holdsSecret,
    pipeline,
    initial: [...context.cells.values()],
    contextChanges: context.changes,
    records: stages,
    prior: priorOutcomes(history),
    durations: await pastDurations(store, pipeline),
    selection,
    mayUseCache: options.cache !== false,
    loadContext: options.loadContext !== false,
  });
  refuseIncomplete(drafted.plan, options.selection, selection?.mask);
  const cached = new Map(drafted.cached);
  for (const { id, index } of pipeline.stages) {
    const kept = stages.get(id);
    if (kept === undefined || drafted.plan.decisions[index] !== 'reuse' || cached.has(index))
      continue;
    const cells = drafted.layers.layer(index);
    cached.set(index, { runId: record.id, record: kept, cells } satisfies CachedOutcome);
  }
  return {
    ...drafted,
    cached,
    records: Array.from(context.cells.values(), ({ key, hash }) => ({ key, kind: 'value', hash })),
    values: context.values,
  };
}

interface ForkedContext {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly values: readonly EncodedValue[];
  readonly changes: ReadonlyMap<string, ContextChange>;
}

/** That of the other run, with what the definition gives by now and what the caller gives on top. */
async function forkedContext({
  store,
  pipeline,
  history,
  options,
  holdsSecret,
}: ForkRequest): Promise<ForkedContext> {
  const current = await currentContext(store, pipeline, history.record, holdsSecret);
  const given = sealContext(Object.entries(options.context ?? {}), holdsSecret);
  const cells = new Map(current.cells.map((cell) => [cell.key, cell]));
  const changes = new Map(current.changes);
  const recorded = new RecordedValues(store);
  for (const cell of given.cells) {
    const earlier = cells.get(cell.key);
    if (earlier?.hash === cell.hash) continue;
    const before = await recorded.load(earlier?.hash ?? '');
    changes.set(cell.key, { before, after: cell.sealed.value });
    cells.set(cell.key, cell);
  }
  return { cells, values: [...(current.update?.values ?? []), ...given.values], changes };
}
