import { MillraceError } from '@millrace/core';

/**
 * The same features in the same order.
 * @throws MillraceError FEATURES_MISMATCH
 */
export function requireFeatures(got: readonly string[], expected: readonly string[]): void {
  const isSame = got.length === expected.length && got.every((name, at) => name === expected[at]);
  if (isSame) return;
  throw new MillraceError(
    'FEATURES_MISMATCH',
    `the features are ${got.join(', ')}; expected ${expected.join(', ')}`,
    { details: { got, expected }, help: 'Compute the features that are expected, in their order.' },
  );
}
