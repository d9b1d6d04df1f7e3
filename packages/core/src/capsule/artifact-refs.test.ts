import { expect, test } from '@jest/globals';
import { artifactRefs } from './artifact-refs.ts';

const ref = (digit: string) => ({ artifact: digit.repeat(64), name: `page ${digit}`, bytes: 4 });

test('artifacts are found wherever a value may hold them, each once', () => {
  const circle: Record<string, unknown> = { inner: [ref('3')] };
  circle.self = circle;
  const value = [ref('1'), new Map([[ref('2'), new Set([circle])]]), { again: ref('1') }];
  const found = artifactRefs(value).map(({ name }) => name);
  expect(found.sort()).toEqual(['page 1', 'page 2', 'page 3']);
});

test.each([
  ['a text', 'artifact'],
  ['bytes', new Float64Array(4)],
  ['another hash', { ...ref('1'), artifact: 'abc' }],
  ['a part of one', { artifact: '1'.repeat(64) }],
  ['a class', Object.assign(new Date(), ref('1'))],
])('%s is none', (_, value) => {
  expect(artifactRefs(value)).toEqual([]);
});
