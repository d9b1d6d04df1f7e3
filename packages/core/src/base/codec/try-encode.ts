import { MillraceError } from '../millrace-error.ts';
import { problem, type Result, success } from '../result.ts';
import { encodeValue } from './encode-value.ts';
import type { EncodedValue } from './encoded-value.ts';
import type { SealedValue } from './sealed-value.ts';
import type { UnstorableValue } from './unstorable-value.ts';

/** The stored form of a value, or why it has none: it is too large. @param path what messages call the value */
export function tryEncode(value: SealedValue, path: string): Result<EncodedValue, UnstorableValue> {
  try {
    return success(encodeValue(value));
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    const { message, help = '' } = error;
    return problem({ reason: 'unreadable', path, message, help });
  }
}
