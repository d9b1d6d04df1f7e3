import type { RunId } from '../base/ids.ts';
import type { RunEvent } from '../events/index.ts';
import type { EventDraft } from './event-draft.ts';

/** An event with its number. The two that every stage has are made in one step: a spread takes several times as long. */
export function numberedEvent(draft: EventDraft, seq: number, runId: RunId): RunEvent {
  if (draft.type === 'stage.started' && draft.reason === undefined) {
    const { type, at, stage, attempt } = draft;
    return { seq, runId, type, at, stage, attempt };
  }
  if (
    draft.type === 'stage.succeeded' &&
    draft.items === undefined &&
    draft.teardownFailure === undefined
  ) {
    const { type, at, stage, attempt, durationMs } = draft;
    return { seq, runId, type, at, stage, attempt, durationMs };
  }
  return { seq, runId, ...draft };
}
