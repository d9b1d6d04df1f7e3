import type { FailureRecord } from '@millrace/core';
import { firstLine } from '../terminal/printable.ts';

const OWN_NAME = /^(?:item "(?:[^"\\]|\\.)*" of )?stage "(?:[^"\\]|\\.)*" (?:failed: )?/;

/** The message of a failure for where the stage's id, and the item's key, stand beside it. */
export function ownMessage(message: string): string {
  return message.replace(OWN_NAME, '');
}

/** The same on one line: `STAGE_THREW: the series is empty`. */
export function shortFailure({ code, message }: Pick<FailureRecord, 'code' | 'message'>): string {
  return `${code}: ${firstLine(ownMessage(message))}`;
}
