import type { StageRecord } from '../checkpoint/index.ts';
import type { SessionParts } from './session-parts.ts';
import type { StageOutcomes } from './stage-outcomes.ts';

type Session = Pick<
  SessionParts,
  'earlier' | 'pipeline' | 'layers' | 'records' | 'clock' | 'lease'
>;

/**
 * Records that a resume has to write before it ends, in this order, so that the context of the stored run,
 * in which the last record of a key tells its value, is the one that the session ended with.
 */
export function closingRecords(session: Session, outcomes: StageOutcomes): readonly StageRecord[] {
  if (session.earlier === undefined) return [];
  return [...removedStages(session), ...outOfOrder(session, outcomes)];
}

/** What a stage wrote that the pipeline no longer has is no part of the context any more. */
function removedStages({ pipeline, records, clock, lease }: Session): readonly StageRecord[] {
  const { indexById } = pipeline.graph;
  return [...records.values()]
    .filter(({ stage, writes }) => writes.length > 0 && !indexById.has(stage))
    .map(({ stage, attempt }) => ({
      stage,
      status: 'skipped',
      attempt,
      fence: lease.fence,
      finishedAt: clock.now(),
      durationMs: 0,
      fingerprint: '',
      writes: [],
      fallback: false,
      reason: 'it is no longer in the pipeline',
    }));
}

/**
 * Kept records that are older than one of a stage before them, which ran again and wrote the same key; and
 * those behind them. O(keys) where no key has several writers, else O(stages).
 */
function outOfOrder(
  { pipeline, layers, records }: Session,
  outcomes: StageOutcomes,
): readonly StageRecord[] {
  const latest = new Map<string, number>();
  for (const key of layers.writtenKeys()) if (layers.writersOf(key).length > 1) latest.set(key, -1);
  if (latest.size === 0) return [];
  const places = new Map([...records.values()].map((record, place) => [record, place]));
  const repeated: StageRecord[] = [];
  for (const writer of pipeline.graph.order) {
    const keys = layers.layer(writer).flatMap(({ key }) => (latest.has(key) ? [key] : []));
    const record = outcomes.get(writer);
    if (keys.length === 0 || record === undefined) continue;
    // What this session wrote stands behind all that was there before it.
    const place = places.get(record) ?? records.size;
    const isLate = keys.some((key) => (latest.get(key) ?? -1) > place);
    if (isLate) repeated.push(record);
    for (const key of keys) {
      latest.set(key, Math.max(latest.get(key) ?? -1, isLate ? records.size + 1 : place));
    }
  }
  return repeated;
}
