import { expect, test } from '@jest/globals';
import { conditionHelp } from './condition-help.ts';
import { readExpression } from './expression.ts';

const ONE_TYPE = 'both sides must be of one type: params.count == 2, params.mode == "full"';

test.each([
  ['param.mode == "a"', 'did you mean "params"?'],
  ['params.a == nul', 'write null for no value'],
  [
    'params.mode == full',
    'write params.full for a param, inputs.full for an input, or "full" in quotes for a text',
  ],
  ['sze(inputs.x) > 0', 'did you mean "size"?'],
  ['params.x.startWith("a")', 'did you mean "startsWith"?'],
  ['size(1) > 2', 'size cannot be asked of such a value'],
  ['1 + "a" == 2', ONE_TYPE],
  ['1 == "a"', ONE_TYPE],
  ['size(params.x)', 'compare it with something: size(params.x) > 0'],
  ['params.mode = 1', 'write == to compare'],
  ['params.mode === 1', 'write == to compare'],
  ['params.x and params.y', 'write && where both must hold'],
  ['params.x & params.y', 'write && where both must hold'],
  ['params.x or params.y', 'write || where one of them is enough'],
  ['not params.x', 'write ! before what must not hold, and all of it in quotes: "!params.full"'],
  ['params.mode ==', undefined],
])('%s is told what to write instead', async (text, help) => {
  const read = await readExpression(text);
  expect(read.ok ? 'read' : conditionHelp(read.problem, text)).toBe(help);
});
