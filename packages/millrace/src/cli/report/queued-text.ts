import { formatDuration, type RunEvent } from '@millrace/core';

type Queued = Extract<RunEvent, { readonly type: 'stage.queued' }>;

const CAUSES = {
  busy: 'busy',
  rate: 'rate',
  circuit: 'circuit open',
} as const satisfies Record<Queued['because'], string>;

/** @param leftMs how long it takes at least from now on */
export function queuedText(
  { limit, because }: Pick<Queued, 'limit' | 'because'>,
  leftMs: number | undefined,
): string {
  const time = leftMs === undefined || leftMs <= 0 ? '' : `, ${formatDuration(leftMs)}`;
  return `waiting for ${limit} (${CAUSES[because]}${time})`;
}
