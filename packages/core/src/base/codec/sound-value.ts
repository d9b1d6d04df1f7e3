import { decodeValue } from './decode-value.ts';
import type { EncodedValue } from './encoded-value.ts';
import type { SealedValue } from './sealed-value.ts';

/** The value, if it is there, is the one that the hash names, and can be read; for whoever can do without it. */
export function soundValue(
  encoded: EncodedValue | undefined,
  hash: string,
): SealedValue | undefined {
  if (encoded === undefined || encoded.hash !== hash) return undefined;
  const decoded = decodeValue(encoded);
  return decoded.ok ? decoded.value : undefined;
}
