import { MillraceError } from '@millrace/core';

/** Why a model file is not used. */
export type RefusalReason =
  /** It ends before it should. */
  | 'truncated'
  /** It is no JSON, or not that of a model. */
  | 'not-a-model'
  /** Another version of the file format. */
  | 'format-version'
  /** What it holds is not what was written. */
  | 'checksum'
  /** The checksum fits, and yet it is no model that this version knows. */
  | 'schema'
  /** It is a model of another name or version than its file says. */
  | 'misplaced'
  /** It was fitted to other features than those that are to be predicted with. */
  | 'features';

export interface ModelRefusal {
  readonly reason: RefusalReason;
  readonly message: string;
}

/** For callers that cannot go on without the model. */
export function refusedError(
  what: string,
  { reason, message }: ModelRefusal,
  help = 'Roll back to an earlier version, restore the file, or train the model anew.',
): MillraceError {
  return new MillraceError('MODEL_REFUSED', `${what} is not used (${reason}): ${message}`, {
    details: { reason },
    help,
  });
}
