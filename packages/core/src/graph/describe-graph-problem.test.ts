import { describe, expect, it } from '@jest/globals';
import { compileGraph } from './compile-graph.ts';
import { describeGraphProblem, formatCycle } from './describe-graph-problem.ts';

describe('describeGraphProblem', () => {
  it('names the ids of every kind of problem', () => {
    const { problems } = compileGraph([
      { id: 'a', needs: ['b', 'a', 'b', 'c'] },
      { id: 'b', needs: ['a'] },
      { id: 'a', needs: [] },
    ]);
    expect(problems.map(describeGraphProblem)).toEqual([
      'stage "a" is declared twice',
      'stage "a" needs itself',
      'stage "a" needs "b" twice',
      'stage "a" needs "c", which is not a stage',
      'stages need each other in a cycle: "a" -> "b" -> "a"',
    ]);
  });
});

describe('formatCycle', () => {
  it('prints up to thirteen ids, and counts the middle of longer paths', () => {
    const path = (length: number): string[] => Array.from({ length }, (_, index) => `${index}`);
    expect(formatCycle(path(13))).not.toContain('more');
    expect(formatCycle(path(20_001))).toBe(
      '"0" -> "1" -> "2" -> "3" -> "4" -> "5" -> ... 19989 more ... -> ' +
        '"19995" -> "19996" -> "19997" -> "19998" -> "19999" -> "20000"',
    );
  });
});
