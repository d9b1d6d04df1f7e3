import type { ModelPipeline } from '../pipeline/index.ts';
import type { DraftedPlan } from './draft-plan.ts';
import type { RunHistory } from './run-history.ts';
import type { EarlierSessions } from './session-parts.ts';

/** What a resume goes on from. */
export function earlierSessions(
  pipeline: ModelPipeline,
  { plan, cached }: Pick<DraftedPlan, 'plan' | 'cached'>,
  history: RunHistory,
): EarlierSessions {
  const { record, stages, attempts } = history;
  const { graph } = pipeline;
  const kept = new Map<number, NonNullable<ReturnType<typeof stages.get>>>();
  graph.ids.forEach((id, index) => {
    const stage = stages.get(id);
    const isKept = plan.decisions[index] === 'reuse' && !cached.has(index);
    if (stage !== undefined && isKept) kept.set(index, stage);
  });
  const tried = new Map<number, number>();
  for (const { stage, attempt } of attempts) {
    const index = graph.indexById.get(stage);
    if (index !== undefined) tried.set(index, Math.max(attempt, tried.get(index) ?? 0));
  }
  const lost = attempts.filter((attempt) => attempt.status === 'running');
  return {
    kept,
    attempts: tried,
    lost,
    durationMs: earlierDurationMs(history),
    lastSeq: record.lastSeq,
  };
}

/** Of all sessions so far: a killed one left no duration; its attempts tell at least how long it worked. */
export function earlierDurationMs({ record, attempts }: RunHistory): number {
  return Math.max(record.durationMs ?? 0, workedMs(attempts));
}

/** From the first start to the last known moment of each session, summed. */
function workedMs(attempts: RunHistory['attempts']): number {
  const sessions = new Map<number, { readonly from: number; readonly to: number }>();
  for (const { fence, status, startedAt, finishedAt } of attempts) {
    const { from, to } = sessions.get(fence) ?? { from: startedAt, to: startedAt };
    // That an attempt was lost is noted by the next session, which may come days later.
    const end = status === 'lost' ? startedAt : (finishedAt ?? startedAt);
    sessions.set(fence, { from: Math.min(from, startedAt), to: Math.max(to, end) });
  }
  return sessions.values().reduce((sum, { from, to }) => sum + to - from, 0);
}
