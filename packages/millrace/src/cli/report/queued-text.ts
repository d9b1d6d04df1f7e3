import type { RunEvent } from '@millrace/core';
import { roughDuration } from './rough-duration.ts';

type Queued = Extract<RunEvent, { readonly type: 'stage.queued' }>;

const CAUSES = {
  busy: 'busy',
  rate: 'rate',
  circuit: 'circuit open',
} as const satisfies Record<Queued['because'], string>;

/** @param leftMs how long it takes at least from now on */
export function queuedText(
  { limit, because, forMs }: Pick<Queued, 'limit' | 'because' | 'forMs'>,
  leftMs = forMs,
): string {
  const time = leftMs === undefined || leftMs <= 0 ? '' : `, ${roughDuration(leftMs)}`;
  return `waiting for ${limit} (${CAUSES[because]}${time})`;
}
