import { expect, test } from '@jest/globals';
import { knownStageKeys, PIPELINE_KEYS } from './config-schema.ts';
import { keyOfOtherName } from './other-names.ts';

test.each([
  ['depends_on', 'needs'],
  ['args', 'with'],
  ['params', 'with'],
  ['class', 'uses'],
  ['retries', 'retry'],
  ['if', 'when'],
])('a stage that has %s is told of %s', (typed, expected) => {
  expect(keyOfOtherName(typed, knownStageKeys([]))).toBe(expected);
});

test.each([
  ['steps', 'stages'],
  ['parameters', 'params'],
  ['parallelism', 'concurrency'],
])('a pipeline that has %s is told of %s', (typed, expected) => {
  expect(keyOfOtherName(typed, PIPELINE_KEYS)).toBe(expected);
});

test('a name that stands for nothing is told nothing', () => {
  for (const name of ['frobnicate', 'constructor', '__proto__', 'toString', ''])
    expect(keyOfOtherName(name, knownStageKeys([]))).toBeUndefined();
});

test('no key that is known is taken for another one', () => {
  for (const known of [knownStageKeys([]), PIPELINE_KEYS]) {
    const wrong = known.filter((key) => {
      const meant = keyOfOtherName(key, known);
      return meant !== undefined && meant !== key && !known.includes(key);
    });
    expect(wrong).toEqual([]);
  }
});
