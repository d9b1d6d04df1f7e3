import { describe, expect, it } from '@jest/globals';
import { Measurements } from './measurements.ts';
import { line, type Results } from './results.ts';
import { Series } from './series.ts';
import { atLeastTimes, atMost, atMostTimes, difference, fastest } from './target.ts';

function results(lines: Readonly<Record<string, readonly number[]>>): Results {
  const series = new Series();
  for (const [name, numbers] of Object.entries(lines)) {
    for (const number of numbers) series.add(name, number);
  }
  return { cells: new Measurements(), series };
}

const RATIO = { of: 'W1', title: 'ours / theirs', above: line('ours'), below: line('theirs') };

describe('a target', () => {
  it('is met up to its limit and missed past it', () => {
    const target = atMostTimes(2, RATIO);
    expect(target.judge(results({ ours: [4], theirs: [2] })).verdict).toBe('met');
    expect(target.judge(results({ ours: [5], theirs: [2] })).verdict).toBe('missed');
    const other = atLeastTimes(2, RATIO);
    expect(other.judge(results({ ours: [4], theirs: [2] })).verdict).toBe('met');
    expect(other.judge(results({ ours: [3], theirs: [2] })).verdict).toBe('missed');
  });

  it('tells the ratio of medians and the spread of single rounds', () => {
    const target = atMostTimes(1.5, RATIO);
    expect(target.title).toBe('ours / theirs <= 1.5 x');
    const judged = target.judge(results({ ours: [2, 3, 8], theirs: [2, 2, 4] }));
    expect(judged.measured).toBe('1.50 x (1.00 to 2.00)');
  });

  it('is neither met nor missed where one side was not measured', () => {
    const { verdict } = atMostTimes(2, RATIO).judge(results({ ours: [4] }));
    expect(verdict).toBe('not measured');
    const absolute = atMost(5, 'ms', { of: 'W6', title: 'resume', source: line('none') });
    expect(absolute.judge(results({})).verdict).toBe('not measured');
  });

  it('with a unit holds the median against the limit', () => {
    const target = atMost(5, 'ms', { of: 'W6', title: 'resume', source: line('ours') });
    expect(target.title).toBe('resume <= 5 ms');
    expect(target.judge(results({ ours: [4, 5, 99] }))).toEqual({
      measured: '5.00 ms',
      verdict: 'met',
    });
  });

  it('is held against the fastest of those that were measured', () => {
    const source = fastest([line('slow'), line('quick'), line('absent')]);
    expect(source(results({ slow: [9, 9], quick: [1, 20, 2] }))).toEqual([1, 20, 2]);
    expect(source(results({}))).toEqual([]);
  });

  it('subtracts round by round', () => {
    const source = difference(line('ours'), line('theirs'));
    expect(source(results({ ours: [5, 7, 9], theirs: [1, 2] }))).toEqual([4, 5]);
  });
});
