import { MillraceError } from '@millrace/core';

/** The coded error that `action` throws. Whatever else happens fails the test. */
export function thrownBy(action: () => unknown): MillraceError {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof MillraceError) return thrown;
    throw thrown;
  }
  throw new MillraceError('TEST_EXPECTED_ERROR', 'nothing was thrown');
}
