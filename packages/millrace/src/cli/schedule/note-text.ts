import { unreachable } from '@millrace/core';
import { EXIT } from '../exit-code.ts';
import { localTime } from '../report/words.ts';
import type { ScheduleNote } from './scheduler.ts';

/** What a scheduler did, as one line for people. */
export function noteText(note: ScheduleNote): string {
  switch (note.kind) {
    case 'started':
      return `${localTime(note.at)}: started`;
    case 'there-already':
      return `${localTime(note.at)}: another scheduler has started its run`;
    case 'ended':
      return `${localTime(note.at)}: ended${endText(note.code)}`;
    case 'skipped': {
      const why =
        note.because === 'overlap'
          ? 'the run before it is still executed'
          : 'too many times wait, and runs take longer than the time between them';
      return `${localTime(note.at)}: skipped, ${why}`;
    }
    case 'queued':
      return `${localTime(note.at)}: waits for the end of the run before it`;
    case 'cancelling':
      return `${localTime(note.at)}: cancelling the run before it`;
    case 'missed':
      return `times since ${localTime(note.since)} were missed, and no run is started for some of them`;
    default:
      return unreachable(note, 'unknown note');
  }
}

function endText(code: number | null): string {
  if (code === EXIT.succeeded) return '';
  if (code === EXIT.waiting) return ', waiting for what is outside; resume it then';
  return code === null ? ', by a signal' : ` with exit code ${code}`;
}
