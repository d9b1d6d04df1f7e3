import { expect, test } from '@jest/globals';
import { changeLines } from './change-text.ts';

const paint = (_style: unknown, text: string): string => text;
const changed = { kind: 'changed', path: ['a', 0], before: 1, after: 2 } as const;

test('each place has a line, with a sign for what became of it', () => {
  const first = [
    changed,
    { kind: 'added', path: [], after: 'x' },
    { kind: 'removed', path: ['two words'], before: null },
  ] as const;
  expect(changeLines({ first, count: 3, isComplete: true }, { paint, most: 5 })).toEqual([
    '~ a[0]: 1 -> 2',
    "+ 'x'",
    '- ["two words"]: null',
  ]);
});

test.each([
  [{ first: [changed, changed], count: 5000, isComplete: true }, 'and 4,999 more'],
  [
    { first: [changed, changed], count: 5000, isComplete: false },
    'and at least 4,999 more; too large to compare to the end',
  ],
  [{ first: [changed], count: 1, isComplete: false }, 'too large to compare to the end'],
])('what is not shown is counted', (differences, end) => {
  expect(changeLines(differences, { paint, most: 1 })).toEqual(['~ a[0]: 1 -> 2', end]);
});

test('values that differ in no place that could be named say so', () => {
  const lines = changeLines({ first: [], count: 0, isComplete: true }, { paint, most: 1 });
  expect(lines).toEqual([expect.stringContaining('the order of keys')]);
});

test('names and values cannot move the cursor, and are cut', () => {
  const evil = { kind: 'added', path: ['a\u202eb'], after: `\u001b[2J${'x'.repeat(200)}` } as const;
  const [line = ''] = changeLines(
    { first: [evil], count: 1, isComplete: true },
    { paint, most: 1 },
  );
  expect(line).toMatch(/^\+ \["ab"\]: '\\x1B\[2Jx+…$/);
  expect(line.length).toBeLessThan(80);
});
