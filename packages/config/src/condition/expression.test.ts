import { describe, expect, test } from '@jest/globals';
import type { MillraceError } from '@millrace/core';
import { type Expression, readExpression } from './expression.ts';

const SCOPE = {
  params: {
    mode: 'full',
    window: 3,
    index: 1,
    half: 0.5,
    nothing: null,
    unset: undefined,
    list: [1, 2],
    deep: { a: { b: 1 } },
    constructor: 2,
  },
  inputs: {
    count: 3,
    price: 100,
    signals: Object.freeze([{ v: 1 }, { v: 2 }]),
    empty: [],
    mode: 'full',
    when: new Date('2024-03-14T12:00:00Z'),
    prices: new Float64Array([0.5, 1]),
    counts: new Map<unknown, unknown>([
      [1, 'one'],
      ['k', 'b'],
    ]),
    names: new Set(['a', 'b']),
    digits: new Set([1, 2]),
    bytes: Buffer.from('abc'),
    large: 2n ** 40n,
    holes: [undefined, 1],
    toString: 5,
  },
};

async function expressionOf(text: string): Promise<Expression> {
  const read = await readExpression(text);
  if (!read.ok) throw new TypeError(JSON.stringify(read.problem));
  return read.value;
}

async function isMet(text: string): Promise<boolean> {
  return (await expressionOf(text)).holds(SCOPE, 'stage "s"');
}

async function thrownBy(text: string): Promise<MillraceError> {
  const expression = await expressionOf(text);
  try {
    expression.holds(SCOPE, 'stage "s"');
  } catch (error) {
    return error as MillraceError;
  }
  throw new TypeError(`${text} did not throw`);
}

describe('a condition', () => {
  test.each([
    'inputs.count > 0',
    'inputs.count == 3',
    'inputs.count == 3.0',
    'size(inputs.signals) > 0',
    'size(inputs.signals) == 2 && inputs.signals[1].v == 2',
    'size(inputs.empty) == 0',
    'inputs.mode == "full"',
    'inputs["mode"] in ["full", "fast"]',
    'inputs.mode.startsWith("fu")',
    'has(inputs.count) && !has(inputs.missing)',
    'has(inputs.toString) && !has(params.toString)',
    'params.constructor == 2',
    '!has(params.unset) && has(params.nothing) && params.nothing == null',
    'has(params.deep.a) && params.deep == {"a": {"b": 1}}',
    'params.list == [1, 2] && 2 in params.list && !(3 in params.list)',
    'inputs.signals.exists(s, s.v > 1) && inputs.signals.all(s, s.v > 0)',
    'inputs.signals.map(s, s.v) == [1, 2]',
    'inputs.signals.filter(s, s.v > 1) == [{"v": 2}]',
    '"a" in inputs.names && size(inputs.names) == 2',
    '1 in inputs.digits && !(3 in inputs.digits)',
    'inputs.counts.k == "b" && "k" in inputs.counts && size(inputs.counts) == 2',
    'inputs.prices[1] == 1 && size(inputs.prices) == 2',
    'size(inputs.bytes) == 3',
    'inputs.large > 1',
    'inputs.holes[0] == null',
    'inputs.when < timestamp("2025-01-01T00:00:00Z") && inputs.when.getFullYear() == 2024',
    'inputs == inputs && size(inputs) > 5',
    'true',
  ])('%s holds', async (text) => {
    expect(await isMet(text)).toBe(true);
  });

  test.each([
    ['inputs.count + 1', '4'],
    ['1 + inputs.count', '4'],
    ['inputs.count - 1', '2'],
    ['inputs.count * 2', '6'],
    ['inputs.price * params.half', '50'],
    ['inputs.count / 2', '1.5'],
    ['inputs.count % 2', '1'],
    ['5.5 % 2.0', '1.5'],
    ['5 / 2', '2'],
    ['size(inputs.signals) + params.window', '5'],
    ['inputs.counts[1]', '"one"'],
    ['inputs.counts[params.index]', '"one"'],
    ['params.list[params.index]', '2'],
    ['params.list[inputs.count - 2]', '2'],
  ])('counts with numbers of JavaScript: %s is %s', async (text, value) => {
    expect(await isMet(`${text} == ${value}`)).toBe(true);
  });

  test.each([
    ['params.mode == "full" && size(params.list) > 0', true, []],
    ['inputs.count > 0 || inputs["x y"] == 1 || inputs.count > 1', false, ['count', 'x y']],
    ['params.mode == "inputs.count"', true, []],
    ['size(inputs) > 0', false, []],
    ['params.list.exists(x, x in inputs.list)', false, ['list']],
  ])('%s tells from its parsed form whether inputs matter', async (text, isConstant, names) => {
    const expression = await expressionOf(text);
    expect(expression.isConstant).toBe(isConstant);
    expect(expression.inputs.map(({ name }) => name)).toEqual(names);
    for (const { name, start, end } of expression.inputs) {
      expect(text.slice(start, end)).toContain(name);
    }
  });

  test('looks at no value that it does not name', async () => {
    const inputs = {
      count: 1,
      get huge(): never {
        throw new TypeError('nobody asked');
      },
    };
    const expression = await expressionOf('inputs.count == 1 && !has(inputs.tiny)');
    expect(expression.holds({ params: undefined, inputs }, 'stage "s"')).toBe(true);
  });
});

describe('a condition that cannot be read', () => {
  test.each([
    ['params.mode ==', 'syntax', 14, 14],
    ['params.mode ~ 3', 'syntax', 12, 13],
    ['parms.mode == 1', 'type', 0, 5],
    ['sze(inputs.x) > 0', 'type', 0, 13],
    ['"a" + "b"', 'type', 0, 9],
    ['1 + "a" == 2', 'type', 0, 7],
  ])('%s is a fault with its place', async (text, kind, start, end) => {
    const read = await readExpression(text);
    expect(read).toMatchObject({ ok: false, problem: { kind, start, end } });
  });
});

describe('a condition that has no value', () => {
  test.each([
    ['inputs.missing > 0', 'no such key: missing'],
    ['inputs.count > "a"', 'the two sides of ">" are a number and a text'],
    ['params.list[7] == 1', 'index out of bounds'],
  ])('%s fails with what it is about', async (text, reason) => {
    const error = await thrownBy(text);
    expect(error).toMatchObject({
      code: 'CONDITION_FAILED',
      details: { owner: 'stage "s"', condition: text },
    });
    expect(error.message.toLowerCase()).toContain(reason);
  });

  test.each([
    ['params.mode', 'a text'],
    ['inputs.count', 'a number'],
    ['params.nothing', 'null'],
    ['inputs.signals', 'a list'],
    ['params.deep', 'a map'],
  ])('%s is told to be no condition, without its value', async (text, kind) => {
    const error = await thrownBy(text);
    expect(error.code).toBe('CONDITION_NOT_BOOLEAN');
    expect(error.message).toBe(`its value must be true or false, and is ${kind}`);
  });
});
