import { expect, test } from '@jest/globals';
import { parseAssignment } from './parse-assignment.ts';

test.each([
  ['a=30', 'a', 30],
  ['stages."x.y".with.w=true', 'stages."x.y".with.w', true],
  ['a=', 'a', ''],
  ['a=2026-11-21', 'a', '2026-11-21'],
  ['a=[x, 1]', 'a', ['x', 1]],
  ['a="30"', 'a', '30'],
  ['a=b=c', 'a', 'b=c'],
  ['a=sqlite:x.db', 'a', 'sqlite:x.db'],
])('%s is read as in a config', (text, name, value) => {
  expect(parseAssignment(text)).toEqual({ ok: true, value: { name, value } });
});

test.each(['a', '=1', '', 'a=[', 'a=!x 1', 'a=*b'])('%j is refused', (text) => {
  expect(parseAssignment(text).ok).toBe(false);
});
