import type { StageRecord } from '../checkpoint/index.ts';
import type { SessionParts } from './session-parts.ts';
import type { StageOutcomes } from './stage-outcomes.ts';

type Session = Pick<SessionParts, 'earlier' | 'pipeline' | 'layers' | 'records'>;

/**
 * Records that a resume has to write once more, in this order: whoever reads the context of a stored run
 * takes the last record of a key for its last writer, and a record that was kept may be older than one
 * of a stage before it, which ran again. O(keys) where no key has several writers, else O(stages).
 */
export function recordsOutOfOrder(
  { earlier, pipeline, layers, records }: Session,
  outcomes: StageOutcomes,
): readonly StageRecord[] {
  if (earlier === undefined) return [];
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
