import { expect, test } from '@jest/globals';
import { ConfigSource } from '../source/config-source.ts';
import type { ConfigNode } from './config-node.ts';
import { chainOf, replacing } from './replacing.ts';

const scalar = (value: number, file: string): ConfigNode => ({
  kind: 'scalar',
  value,
  span: new ConfigSource('file', file).span(0),
});

const valuesOf = (node: ConfigNode): unknown[] =>
  chainOf(node).map((one) => (one.kind === 'scalar' ? one.value : one.kind));

test('what was replaced is remembered transitively, newest first', () => {
  const low = replacing(scalar(2, 'b'), scalar(1, 'a'));
  const high = replacing(scalar(4, 'd'), scalar(3, 'c'));
  expect(valuesOf(replacing(high, low))).toEqual([4, 3, 2, 1]);
  expect(valuesOf(replacing(high, undefined))).toEqual([4, 3]);
});

test('a file that is reached by many ways is remembered once', () => {
  let node = scalar(0, 'root');
  for (let floor = 1; floor <= 40; floor++) {
    const left = replacing(scalar(floor, `left ${floor}`), node);
    const right = replacing(scalar(floor, `right ${floor}`), node);
    node = replacing(right, left);
  }
  expect(chainOf(node)).toHaveLength(81);
});
