import { expect, test } from '@jest/globals';
import { boundedJson } from './bounded-json.ts';

const cycle: Record<string, unknown> = { name: 'round' };
cycle.self = cycle;

test.each([
  ['a number', 1, { text: '1', value: 1 }],
  ['a map', new Map([['a', 1n]]), { value: { a: '1' } }],
  ['bytes', Uint8Array.of(1, 2), { value: [1, 2] }],
  ['a list of objects', [{ a: new Date(0) }], { value: [{ a: '1970-01-01T00:00:00.000Z' }] }],
])('%s that is small stands beside its text', (_what, value, expected) => {
  expect(boundedJson(value)).toMatchObject(expected);
});

test.each([
  ['a long text', 'x'.repeat(20_000)],
  ['a long list', Array.from({ length: 1000 }, (_, at) => at)],
  ['many bytes', new Uint8Array(1000)],
  ['many keys', Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`k${at}`, at]))],
  ['a large set', new Set(Array.from({ length: 1000 }, (_, at) => at))],
  ['what is large only as a whole', Array.from({ length: 100 }, () => Array(100).fill(0))],
  ['what contains itself', cycle],
])('%s is told by its text alone', (_what, value) => {
  const told = boundedJson(value);
  expect(Object.keys(told)).toEqual(['text']);
  expect(told.text.length).toBeLessThanOrEqual(120);
});
