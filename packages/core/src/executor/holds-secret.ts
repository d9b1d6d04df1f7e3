import type { EncodedValue } from '../base/codec/index.ts';
import { MillraceError } from '../base/millrace-error.ts';

/** Whether a text holds the value of a secret, in any form. */
export type HoldsSecret = (text: string) => boolean;

/**
 * Whether what would be stored holds one. Bytes are searched as the UTF-8 that they may be, and as if each
 * were a character.
 */
export function encodedSecret(value: EncodedValue, holdsSecret: HoldsSecret | undefined): boolean {
  if (holdsSecret === undefined) return false;
  if (value.codec !== 'bytes') return holdsSecret(value.body);
  const { buffer, byteOffset, byteLength } = value.body;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return holdsSecret(bytes.toString('utf8')) || holdsSecret(bytes.toString('latin1'));
}

/** The thrown form, of what is no outcome of a stage. @param what `artifact "page"` */
export function secretInValue(what: string): MillraceError {
  return new MillraceError('SECRET_IN_VALUE', `${what} holds a secret, and would be stored`, {
    help: 'keep secrets in the params of stages, which are stored by name',
  });
}
