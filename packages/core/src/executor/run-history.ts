import type {
  AttemptRecord,
  CheckpointStore,
  RunRecord,
  StageRecord,
} from '../checkpoint/index.ts';
import type { PriorOutcome } from '../plan/index.ts';

/** A run's past as the store tells it. */
export interface RunHistory {
  readonly record: RunRecord;
  /** By stage id. */
  readonly stages: ReadonlyMap<string, StageRecord>;
  readonly attempts: readonly AttemptRecord[];
}

export async function loadHistory(store: CheckpointStore, record: RunRecord): Promise<RunHistory> {
  const stages = await store.loadStages(record.id);
  const attempts = await store.loadAttempts(record.id);
  return { record, stages: new Map(stages.map((stage) => [stage.stage, stage])), attempts };
}

/** The stages' records, and attempts that have none because their process died. */
export function priorOutcomes({ stages, attempts }: RunHistory): Map<string, PriorOutcome> {
  const prior = new Map<string, PriorOutcome>(stages);
  for (const { stage, attempt, status } of attempts) {
    const last = prior.get(stage);
    if (status === 'undone' && last?.status === 'cancelled' && attempt === last.attempt) {
      prior.set(stage, { ...last, status });
    }
    const isUnfinished = status === 'running' || status === 'lost';
    if (!isUnfinished || attempt <= (last?.attempt ?? 0)) continue;
    prior.set(stage, { status: 'lost', attempt, fingerprint: '' });
  }
  return prior;
}
