import { formatDuration, type KeepReason } from '@millrace/core';

const DAY_MS = 86_400_000;

/** Why a run is kept, for people. */
export function reasonText(reason: KeepReason): string {
  switch (reason.kind) {
    case 'live':
      return reason.state === 'stopped'
        ? `owned by process ${reason.pid}, which is stopped`
        : `executed by process ${reason.pid}`;
    case 'elsewhere':
      return `owned by process ${reason.pid} on ${reason.host}, which may be at work`;
    case 'named':
      return 'named by --keep-run';
    case 'not-asked-for':
      return 'not named by --delete-run';
    case 'other-pipeline':
      return 'of another pipeline';
    case 'unfinished':
      return reason.status === 'waiting'
        ? 'waits for an answer or a time; --waiting lets it go'
        : 'could be resumed; --unfinished lets it go';
    case 'status':
      return `--keep-status ${reason.status}`;
    case 'last-success':
      return 'the last of its pipeline that succeeded';
    case 'forked':
      return `needed by its unfinished fork ${reason.by}`;
    case 'newest':
      return `number ${reason.rank} of the newest ${reason.of}`;
    case 'recent':
      return `${ageText(reason.ageMs)} old, kept for ${ageText(reason.ofMs)}`;
    default:
      return reason satisfies never;
  }
}

/** In days once there are two. */
function ageText(ageMs: number): string {
  const days = Math.floor(ageMs / DAY_MS);
  return days < 2 ? formatDuration(ageMs) : `${days} days`;
}
