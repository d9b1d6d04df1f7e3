import { expect, test } from '@jest/globals';
import { ConfigSource } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import { fromValue } from '../tree/from-value.ts';
import { nodeAt } from '../tree/locate.ts';
import { toPlain } from '../tree/to-plain.ts';
import { mergeNodes } from './merge-nodes.ts';

const node = (value: unknown, file: string) => {
  const read = fromValue(value, {
    at: new ConfigSource('file', file).span(0),
    problems: new Problems(),
  });
  if (read === undefined) throw new TypeError('no plain data');
  return read;
};

test.each([
  ['maps deeply', { a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
  ['lists whole', { a: [1, 2] }, { a: [3] }, { a: [3] }],
  ['a list over a map', { a: { b: 1 } }, { a: [] }, { a: [] }],
  ['a map over a value', { a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
  ['nothing over a value', { a: 1 }, { a: null }, { a: null }],
  ['new keys last', { b: 1 }, { a: 1, b: 2 }, { b: 2, a: 1 }],
])('layers are laid over each other: %s', (_name, lower, upper, expected) => {
  const merged = toPlain(mergeNodes(node(lower, 'low'), node(upper, 'high'), 'upper'));
  expect(merged).toEqual(expected);
  expect(Object.keys(merged as object)).toEqual(Object.keys(expected));
});

test('keys that objects inherit are ordinary', () => {
  const proto = JSON.parse('{ "__proto__": { "a": 1 }, "constructor": 2 }');
  const merged = toPlain(mergeNodes(node(proto, 'low'), node({ constructor: 3 }, 'high'), 'upper'));
  expect(JSON.stringify(merged)).toBe('{"__proto__":{"a":1},"constructor":3}');
});

test('a map in both has the place that was asked for, a value that of the upper layer', () => {
  const placeOf = (place: 'upper' | 'lower', path: string[]): string | undefined =>
    nodeAt(mergeNodes(node({ a: { b: 1 } }, 'low'), node({ a: { b: 2 } }, 'high'), place), path)
      ?.span.source.name;
  expect([placeOf('upper', ['a']), placeOf('lower', ['a'])]).toEqual(['high', 'low']);
  expect([placeOf('upper', ['a', 'b']), placeOf('lower', ['a', 'b'])]).toEqual(['high', 'high']);
});
