import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Project } from '../testing-local/project.ts';
import { type ExpandedText, expandText, expectBlamed } from './testing-local/expand-text.ts';

const stage = (when: string, params = ''): string =>
  `params: { ${params} }\nstages:\n  s: { uses: a, when: ${when} }\n`;

function conditionOf({ expansion }: ExpandedText, id = 's'): unknown {
  const condition = expansion.facts.get(id)?.when;
  if (condition === undefined) return undefined;
  const { text, isConstant } = condition;
  return { text, isConstant };
}

describe('the condition of a stage', () => {
  test.each([
    ['true', { text: 'true', isConstant: true }],
    ['false', { text: 'false', isConstant: true }],
    [`"\${full}"`, { text: 'false', isConstant: true }],
    [`"\${env:FULL}"`, { text: 'true', isConstant: true }],
    ['params.mode == "full"', { text: 'params.mode == "full"', isConstant: true }],
    [`'params.mode == "\${mode}"'`, { text: 'params.mode == "fast"', isConstant: true }],
    ['size(inputs.rows) > 0', { text: 'size(inputs.rows) > 0', isConstant: false }],
  ])('may be %s', async (when, expected) => {
    const text = stage(when, 'full: false, mode: fast');
    const result = await expandText(text, { env: { FULL: 'true' } });
    expect(result.diagnostics).toEqual([]);
    expect(conditionOf(result)).toEqual(expected);
  });

  test('holds or not by the params and inputs that it is asked with', async () => {
    const { expansion } = await expandText(stage('params.all || size(inputs.rows) > 1'));
    const when = expansion.facts.get('s')?.when;
    expect(when?.holds({ params: { all: false }, inputs: { rows: [1, 2] } })).toBe(true);
    expect(when?.holds({ params: { all: false }, inputs: { rows: [1] } })).toBe(false);
    expect(() => when?.holds({ params: {}, inputs: { rows: [] } })).toThrow('no such key: all');
  });

  test.each([
    ['params.mode ==', 'CONDITION_SYNTAX  }'],
    ['"params.mode == \\"a\\" &&"', 'CONDITION_SYNTAX " }'],
    ['params.a ~ 3', 'CONDITION_SYNTAX ~'],
    ['params.a + "x"', 'CONDITION_INVALID params.a + "x"'],
    ['"\'x\' == mode"', 'CONDITION_INVALID mode"'],
    ['sze(inputs.rows) > 0', 'CONDITION_INVALID sze(inputs.rows)'],
    [`"params.a == \${nope}"`, `PARAM_UNKNOWN \${nope}`],
    [`"params.a > \${one} +"`, `CONDITION_SYNTAX "params.a > \${one} +"`],
  ])('is refused at the place inside it: %s', async (when, expected) => {
    const text = stage(when, 'one: 1');
    expectBlamed(text, await expandText(text), [expected]);
  });

  test('tells how a name is written', async () => {
    const { diagnostics } = await expandText(stage('mode == "full"'));
    expect(diagnostics).toMatchObject([
      {
        code: 'CONDITION_INVALID',
        message: 'stages.s.when cannot be evaluated: there is no variable "mode"',
        expected: 'a name inside one of params, inputs',
        help: 'write params.mode for a param, inputs.mode for an input, or "mode" in quotes for a text',
      },
    ]);
  });

  test('is refused once for all instances', async () => {
    const text = 'stages:\n  s: { uses: a, matrix: { k: [1, 2, 3] }, when: params.x + }\n';
    expectBlamed(text, await expandText(text), ['CONDITION_SYNTAX  }']);
  });
});

describe('the condition of a pipeline inside', () => {
  let project: Project;

  beforeEach(async () => {
    project = await Project.create({
      'prep.yaml': `
params: { mode: fast }
stages: { x: { uses: a, when: "inputs.n > 0" }, y: { uses: b } }
`,
    });
  });

  afterEach(() => project.remove());

  async function conditionsOf(fields: string): Promise<unknown[]> {
    const text = `stages:\n  p: { pipeline: ./prep.yaml, ${fields} }\n`;
    const result = await expandText(text, { folder: project.folder });
    expect(result.diagnostics).toEqual([]);
    return ['p/x', 'p/y'].map((id) => conditionOf(result, id));
  }

  test('leaves that of each stage where it holds', async () => {
    const own = [{ text: 'inputs.n > 0', isConstant: false }, undefined];
    expect(await conditionsOf('when: true')).toEqual(own);
    expect(await conditionsOf('when: params.mode == "fast"')).toEqual(own);
    expect(await conditionsOf('when: params.mode == "full", params: { mode: full }')).toEqual(own);
  });

  test('stands for all of them where it does not', async () => {
    const text = 'params.mode == "full"';
    expect(await conditionsOf(`when: ${text}`)).toEqual([
      { text, isConstant: true },
      { text, isConstant: true },
    ]);
    expect(await conditionsOf('when: false')).toEqual([
      { text: 'false', isConstant: true },
      { text: 'false', isConstant: true },
    ]);
  });

  test('is told apart for each instance', async () => {
    const text = `stages:
  p: { pipeline: ./prep.yaml, matrix: { m: [fast, full] }, params: { mode: "\${matrix.m}" }, when: params.mode == "full" }
`;
    const result = await expandText(text, { folder: project.folder });
    expect(result.diagnostics).toEqual([]);
    expect(conditionOf(result, 'p[fast]/y')).toEqual({
      text: 'params.mode == "full"',
      isConstant: true,
    });
    expect(conditionOf(result, 'p[full]/y')).toBeUndefined();
    expect(result.expansion.facts.get('p[fast]/y')?.when?.holds({ params: {}, inputs: {} })).toBe(
      false,
    );
  });
});
