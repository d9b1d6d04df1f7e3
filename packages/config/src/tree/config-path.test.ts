import { describe, expect, test } from '@jest/globals';
import { formatPath } from '@millrace/core';
import { parsePath } from './config-path.ts';

describe('a path', () => {
  test.each([
    ['stages.score.with.window', ['stages', 'score', 'with', 'window']],
    ['stages["1.10"].needs[0]', ['stages', '1.10', 'needs', '0']],
    ["stages['my id'].timeout", ['stages', 'my id', 'timeout']],
    ['stages."a.b".x', ['stages', 'a.b', 'x']],
    ["stages.'a.b'", ['stages', 'a.b']],
    ['needs.1', ['needs', '1']],
    ['日本.é', ['日本', 'é']],
    ['stages.__proto__.x', ['stages', '__proto__', 'x']],
    ['a["say \\"hi\\""]', ['a', 'say "hi"']],
  ])('%s is read part by part', (text, parts) => {
    expect(parsePath(text)).toEqual({ ok: true, value: parts });
  });

  test.each(['', '.', 'a.', '.a', 'a..b', 'a[', 'a[x]', 'a]b', 'a"b"', '"a', 'a.[0]x'])(
    '%j is refused',
    (text) => {
      expect(parsePath(text).ok).toBe(false);
    },
  );

  test('that is written is read back', () => {
    const parts = ['stages', 'a.b', 'with', 'x y', '"q"', '[0]', '', '-', 'ok'];
    expect(parsePath(formatPath(parts))).toEqual({ ok: true, value: parts });
  });
});
