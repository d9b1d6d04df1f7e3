import assert from 'node:assert/strict';
import { MillraceError } from '@millrace/core';

/** The action throws, at once or later, a MillraceError with this code. */
export async function expectFailure(code: string, action: () => unknown): Promise<void> {
  await assert.rejects(
    async () => await action(),
    (thrown) => {
      assert.ok(thrown instanceof MillraceError, `expected a MillraceError ${code}: ${thrown}`);
      assert.equal(thrown.code, code);
      return true;
    },
  );
}
