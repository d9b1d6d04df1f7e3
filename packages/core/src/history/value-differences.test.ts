import { describe, expect, it } from '@jest/globals';
import { formatPath } from '../base/schema-issues.ts';
import { type ValueDifference, valueDifferences } from './value-differences.ts';

function told(before: unknown, after: unknown): readonly string[] {
  return valueDifferences(before, after, 100).first.map(oneLine);
}

function oneLine(difference: ValueDifference): string {
  const place = formatPath(difference.path);
  switch (difference.kind) {
    case 'changed':
      return `${place} ${String(difference.before)} -> ${String(difference.after)}`;
    case 'added':
      return `${place} + ${String(difference.after)}`;
    case 'removed':
      return `${place} - ${String(difference.before)}`;
  }
}

const shared = { deep: 1 };

describe('two values', () => {
  it.each<[string, unknown, unknown, readonly string[]]>([
    ['that are equal have none', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ['in another order of keys have none', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['of which one is deeper', { a: { b: 1 } }, { a: { b: 2 } }, ['a.b 1 -> 2']],
    ['with other keys', { a: 1 }, { b: 2 }, ['a - 1', 'b + 2']],
    ['with undefined and nothing', { a: undefined }, {}, ['a - undefined']],
    ['of other kinds', { a: [] }, { a: 'x' }, ['a  -> x']],
    ['NaN and 0', [Number.NaN, 0], [Number.NaN, -0], ['[1] 0 -> 0']],
    ['lists of one length', [1, 2, 3], [1, 5, 3], ['[1] 2 -> 5']],
    ['a list with one more in front', ['b', 'c'], ['a', 'b', 'c'], ['[0] + a']],
    ['a list with one less inside', [1, 2, 3, 4], [1, 2, 4], ['[2] - 3']],
    ['a list with equal objects', [{ a: 1 }], [{ a: 1 }, { a: 2 }], ['[1] + [object Object]']],
    ['typed arrays', Float64Array.of(1, 2), Float64Array.of(1, 3), ['[1] 2 -> 3']],
    ['typed arrays of two classes', Float64Array.of(1), Float32Array.of(1), [' 1 -> 1']],
    ['maps', new Map([['a', 1]]), new Map([['a', 2]]), ['a 1 -> 2']],
    ['maps with keys of objects', new Map([[{}, 1]]), new Map([[{}, 2]]), ['[0][1] 1 -> 2']],
    ['sets', new Set(['a', 'b']), new Set(['a', 'b', 'c']), ['[2] + c']],
    ['dates that are equal', new Date(5), new Date(5), []],
    ['buffers', new Uint8Array([1]).buffer, new Uint8Array([1]).buffer, []],
    [
      'with a shared part',
      [shared, shared],
      [{ deep: 2 }, { deep: 2 }],
      ['[0].deep 1 -> 2', '[1].deep 1 -> 2'],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  it('that contain themselves are compared to an end', () => {
    const cycle = (value: number): object => {
      const made: Record<string, unknown> = { value };
      made.self = made;
      return made;
    };
    expect(told(cycle(1), cycle(2))).toEqual(['value 1 -> 2']);
  });

  it('that share parts at every level cost no more than their parts', () => {
    const ladder = (leaf: number): unknown => {
      let made: unknown = { leaf };
      for (let level = 0; level < 60; level++) made = { left: made, right: made };
      return made;
    };
    expect(valueDifferences(ladder(1), ladder(2), 10)).toMatchObject({
      count: 1,
      isComplete: true,
    });
  });

  it('with many differences give the first ones, and count all', () => {
    const rows = (add: number): number[] => Array.from({ length: 5000 }, (_, at) => at + add);
    const { first, count, isComplete } = valueDifferences(rows(0), rows(0.5), 3);
    expect([first.length, count, isComplete]).toEqual([3, 5000, true]);
  });

  it('that are too large are compared in part, and it says so', () => {
    const rows = (add: number): number[] => Array.from({ length: 3_000_000 }, (_, at) => at + add);
    const { first, isComplete } = valueDifferences(rows(0), rows(0.5), 3);
    expect([first.length, isComplete]).toEqual([3, false]);
  });
});
