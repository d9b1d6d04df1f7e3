import { expect, test } from '@jest/globals';
import type { Diagnostic } from '@millrace/core';
import { Problems } from '../source/problems.ts';
import { InstanceProblems } from './instance-problems.ts';

function problemOf(id: string, message: string, line = 1): Diagnostic {
  const at = { file: 'x.yaml', line, column: 1 };
  return { code: 'PARAMS_INVALID', severity: 'error', message, path: ['stages', id, 'with'], at };
}

function told(diagnostics: readonly Diagnostic[]): string[] {
  const problems = new Problems();
  const instances = new InstanceProblems(problems);
  for (const diagnostic of diagnostics) instances.add(diagnostic);
  expect(instances.hasErrors).toBe(problems.hasErrors);
  return problems.sorted().map(({ message }) => message);
}

test('what is wrong with all instances in the same way is told once', () => {
  expect(
    told([
      problemOf('s[1]', 'stage "s[1]" is wrong in stages["s[1]"].with: writes "rows[1]"'),
      problemOf('s[2]', 'stage "s[2]" is wrong in stages["s[2]"].with: writes "rows[2]"'),
      problemOf('s[1]', 'stage "s[1]" is wrong otherwise'),
      problemOf('t[1]', 'stage "t[1]" is wrong otherwise', 2),
    ]),
  ).toEqual([
    'stage "s[1]" is wrong in stages["s[1]"].with: writes "rows[1]"',
    'stage "s[1]" is wrong otherwise',
    'stage "t[1]" is wrong otherwise',
  ]);
});

test('what is wrong with each instance in its own way is told of some', () => {
  const all = Array.from({ length: 50 }, (_, index) => problemOf(`p/${index}`, `wrong ${index}`));
  expect(told(all)).toHaveLength(10);
});

test('of a stage that is written for itself everything is told', () => {
  const all = Array.from({ length: 50 }, (_, index) => problemOf('s', `wrong ${index}`));
  expect(told(all)).toHaveLength(50);
});

test('what has no place is always told', () => {
  const { at: _, ...unplaced } = problemOf('s[1]', 'wrong');
  expect(told([unplaced, unplaced])).toHaveLength(2);
});
