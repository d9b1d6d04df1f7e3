import { getHeapStatistics } from 'node:v8';
import type { CheckpointStore } from '@millrace/core';
import { listOf } from '../report/words.ts';
import type { BegunSession } from './session-request.ts';

const BYTES_PER_MB = 2 ** 20;
/** One death is most often the work of a person; the second of the same stage tells of the stage. */
const TELLING_DEATHS = 2;

/**
 * What to try when the processes of a run died again and again while the same stage ran; undefined when they did not.
 * A process that runs out of memory, or is killed for it by the system, can say nothing itself.
 */
export async function deathNote(
  handle: BegunSession,
  store: CheckpointStore,
): Promise<string | undefined> {
  if (handle.plan === undefined) return undefined;
  const { pipeline, reasons } = handle.plan;
  const lastLost = new Map<string, number>();
  pipeline.graph.ids.forEach((id, index) => {
    const reason = reasons[index]?.find(({ kind }) => kind === 'lost');
    if (reason?.kind === 'lost') lastLost.set(id, reason.attempt);
  });
  if (lastLost.size === 0) return undefined;
  const deaths = new Map<string, number>();
  for (const { stage, attempt, status } of await store.loadAttempts(handle.id)) {
    // The newest of the lost ones may not be recorded as lost yet; later ones are of this session.
    const isLost = status === 'lost' || (status === 'running' && attempt === lastLost.get(stage));
    if (isLost) deaths.set(stage, (deaths.get(stage) ?? 0) + 1);
  }
  const lost = [...lastLost.keys()];
  const often = lost.filter((id) => (deaths.get(id) ?? 0) >= TELLING_DEATHS);
  return often.length === 0 ? undefined : noteOf(often, deaths);
}

function noteOf(stages: readonly string[], deaths: ReadonlyMap<string, number>): string {
  const counts = stages.map((id) => `${JSON.stringify(id)} (${deaths.get(id)} times)`);
  const limitMb = Math.round(getHeapStatistics().heap_size_limit / BYTES_PER_MB);
  return [
    `note: this run's process died while it ran ${listOf(counts)}`,
    `  out of memory (exit code 134, or the system killed it)? the heap is limited to ${limitMb} MB; for more: NODE_OPTIONS=--max-old-space-size=${limitMb * 2}`,
  ].join('\n');
}
