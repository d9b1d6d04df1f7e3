import { expect, test } from '@jest/globals';
import type { MillraceError } from '@millrace/core';
import { readExpression } from './expression.ts';

const params = { n: 5, s: 'x', l: ['a'], m: { a: 1 }, z: null, b: true };

async function thrownBy(text: string): Promise<MillraceError> {
  const read = await readExpression(text);
  if (!read.ok) throw new TypeError(read.problem.message);
  try {
    read.value.holds({ params, inputs: {} }, 'stage "s"');
  } catch (error) {
    return error as MillraceError;
  }
  throw new TypeError(`${text} has a value`);
}

test.each([
  ["params.n > '1'", 'the two sides of ">" are a number and a text', 'without quotes'],
  ['params.l > 1', 'the two sides of ">" are a list and a number', 'size(inputs.rows) > 0'],
  ['params.m > 1', 'the two sides of ">" are a map and a number', 'size(inputs.rows) > 0'],
  ['params.z > 1', 'the two sides of ">" are null and a number', 'inputs.x != null'],
  ['params.s + 1 > 2', 'the two sides of "+" are a text and a number', 'double(...)'],
  ['1 in params.n', 'the two sides of "in" are a number and a number', 'a list or a map'],
  ['params.b > params.s', 'the two sides of ">" are true or false and a text', 'of one type'],
  ['!params.n', '"!" stands before a number', 'compare it'],
  ['-params.s > 1', '"-" stands before a text', 'a minus'],
  ['params.n && true', 'a side of "&&" or "||" is a number, not true or false', 'compare it'],
  ['params.n ? true : false', 'what stands before "?" is a number', 'compare it'],
  ['params.zz > 1', 'no such key: zz', 'has(inputs.x)'],
])('%s says what its sides are', async (text, message, help) => {
  const error = await thrownBy(text);
  expect(error).toMatchObject({ code: 'CONDITION_FAILED', help: expect.stringContaining(help) });
  expect(error.message).toBe(message);
});

test.each([
  ['params.n', 'params.n > 0'],
  ['params.s', 'params.s == "full"'],
  ['params.l', 'size(params.l) > 0'],
  ['params.z', 'params.z != null'],
  [
    'params.s + params.s + params.s + params.s + params.s',
    'inputs.count > 0, params.mode == "full"',
  ],
])('%s is to be compared', async (text, comparison) => {
  expect(await thrownBy(text)).toMatchObject({
    code: 'CONDITION_NOT_BOOLEAN',
    help: `compare it: ${comparison}`,
  });
});
