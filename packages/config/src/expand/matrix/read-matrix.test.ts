import { describe, expect, test } from '@jest/globals';
import { expandText, expectBlamed } from '../testing-local/expand-text.ts';

/** One stage with the given fields. */
const stage = (fields: string, params = ''): string =>
  `params: { ${params} }\nstages:\n  s: { uses: a, ${fields} }\n`;

async function instancesOf(text: string): Promise<Record<string, unknown>> {
  const { stages, diagnostics } = await expandText(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return Object.fromEntries(Object.entries(stages).map(([id, { with: given }]) => [id, given]));
}

async function idsOf(text: string): Promise<string[]> {
  return Object.keys(await instancesOf(text));
}

describe('a matrix', () => {
  test('is all combinations of its lists, the last variable changing first', async () => {
    const text = stage(
      `matrix: { window: [20, 50], symbol: [SPY, QQQ] }, with: { w: "\${matrix.window}", s: "x-\${matrix.symbol}" }`,
    );
    expect(await instancesOf(text)).toEqual({
      's[20,SPY]': { w: 20, s: 'x-SPY' },
      's[20,QQQ]': { w: 20, s: 'x-QQQ' },
      's[50,SPY]': { w: 50, s: 'x-SPY' },
      's[50,QQQ]': { w: 50, s: 'x-QQQ' },
    });
  });

  test('may be made of params, wholly or in part', async () => {
    const params = 'symbols: [SPY, QQQ], grid: { a: [1], b: [x, y] }, last: 9';
    expect(await idsOf(stage(`matrix: { s: "\${symbols}", n: [8, "\${last}"] }`, params))).toEqual([
      's[SPY,8]',
      's[SPY,9]',
      's[QQQ,8]',
      's[QQQ,9]',
    ]);
    expect(await idsOf(stage(`matrix: "\${grid}"`, params))).toEqual(['s[1,x]', 's[1,y]']);
  });

  test('shows scalars in ids as they are written, and of maps and lists the place', async () => {
    const values = '[1.10, "1.1", true, null, { a: 1 }, [x], a b, BRK/B]';
    expect(await idsOf(stage(`matrix: { v: ${values} }`))).toEqual([
      's[1.10]',
      's[1.1]',
      's[true]',
      's[null]',
      's[4]',
      's[5]',
      's[a b]',
      's[BRK/B]',
    ]);
  });

  test('gives values with their types, and the parts of maps', async () => {
    const text = stage(
      `matrix: { c: [{ n: 1, deep: { x: [7] } }] }, with: { all: "\${matrix.c}", n: "\${matrix.c.n}", x: "\${matrix.c.deep.x}" }`,
    );
    expect(await instancesOf(text)).toEqual({
      's[0]': { all: { n: 1, deep: { x: [7] } }, n: 1, x: [7] },
    });
  });

  test('fills in every field of the stage', async () => {
    const text = stage(
      `matrix: { k: [1] }, description: "d\${matrix.k}", tags: ["t\${matrix.k}"], timeout: "\${matrix.k}m", reads: { a: "r\${matrix.k}" }, writes: { b: "w\${matrix.k}" }, critical: false`,
    );
    const { stages } = await expandText(text);
    expect(stages['s[1]']).toEqual({
      uses: 'a',
      description: 'd1',
      tags: ['t1'],
      timeout: '1m',
      reads: { a: 'r1' },
      writes: { b: 'w1' },
      critical: false,
    });
  });

  test('takes a text that looks like a placeholder as it is', async () => {
    const text = stage(
      `matrix: { k: ["$\${x}"] }, with: { a: "\${matrix.k}", b: "<\${matrix.k}>" }`,
    );
    expect(Object.values(await instancesOf(text))).toEqual([{ a: `\${x}`, b: `<\${x}>` }]);
  });

  test('leaves out what has all values of an entry of exclude', async () => {
    const text = stage('matrix: { a: [1, 2], b: [x, y], exclude: [{ a: 1, b: x }, { a: 2 }] }');
    expect(await idsOf(text)).toEqual(['s[1,y]']);
  });

  test('warns of an exclude that leaves nothing out', async () => {
    const text = stage('matrix: { a: [1, 2], exclude: [{ a: "1" }] }');
    const result = await expandText(text);
    expectBlamed(text, result, ['MATRIX_UNUSED { a: "1" }']);
    expect(result.diagnostics[0]?.severity).toBe('warning');
    expect(Object.keys(result.stages)).toEqual(['s[1]', 's[2]']);
  });

  test('lays an include over the combinations it fits, else adds it', async () => {
    const text = stage(
      `matrix: { fruit: [apple, pear], animal: [cat, dog], include: [{ color: green }, { color: pink, animal: cat }, { fruit: apple, shape: circle }, { fruit: banana }, { fruit: banana, animal: cat }] }, with: "\${matrix.fruit}"`,
    );
    const { stages } = await expandText(
      text.replace(`with: "\${matrix.fruit}"`, `with: { c: "\${matrix.color}" }`),
    );
    expect(Object.keys(stages)).toEqual([
      's[apple,cat]',
      's[apple,dog]',
      's[pear,cat]',
      's[pear,dog]',
      's[banana]',
      's[banana,cat]',
    ]);
    expect(Object.values(stages).map(({ with: given }) => given)).toEqual([
      { c: 'pink' },
      { c: 'green' },
      { c: 'pink' },
      { c: 'green' },
      { c: `\${matrix.color}` },
      { c: `\${matrix.color}` },
    ]);
  });

  test('may be of includes only', async () => {
    const text = stage(
      `matrix: { include: [{ a: 1, b: 2 }, { a: 3 }] }, with: { a: "\${matrix.a}" }`,
    );
    expect(await instancesOf(text)).toEqual({ 's[1,2]': { a: 1 }, 's[3]': { a: 3 } });
  });
});

describe('a foreach', () => {
  test('goes through its lists in step', async () => {
    const text = stage(
      `foreach: { symbol: [SPY, VOD], market: [us, uk] }, with: { t: "\${foreach.symbol}.\${foreach.market}" }`,
    );
    expect(await instancesOf(text)).toEqual({
      's[SPY,us]': { t: 'SPY.us' },
      's[VOD,uk]': { t: 'VOD.uk' },
    });
  });
});

describe('what to do is told', () => {
  test.each([
    ['matrix: { a: [], b: [1] }', 'give "a" at least one value, or take the stage out'],
    ['matrix: {}', 'name a variable and its values: matrix: { symbol: [SPY, QQQ] }'],
    ['foreach: {}', 'name a variable and its values: foreach: { symbol: [SPY, QQQ] }'],
    [
      'matrix: { a: [1, 2], exclude: [{ a: 1 }, { a: 2 }] }',
      'take one of its entries out, or add a combination under `include`',
    ],
    ['matrix: { a: [1, 2], exclude: [{ a: "1" }] }', 'write a: 1, for the values of "a" are 1, 2'],
    [
      'matrix: { a: [x, y], exclude: [{ a: z }] }',
      'take it out, or correct "a": the values of "a" are "x", "y"',
    ],
    [
      'matrix: { a: [1, 2], exclude: [{ a: 1 }, { a: 1 }] }',
      'an entry before it takes the same away: take this one out',
    ],
    [
      `matrix: { symbol: [a], w: [1] }, with: { x: "\${matrix.day}" }`,
      `the variables of the stage are \${matrix.symbol}, \${matrix.w}`,
    ],
    [
      `foreach: { symbol: [a] }, with: { x: "\${matrix.other}" }`,
      `the variables of the stage are \${foreach.symbol}`,
    ],
    [
      `with: { x: "\${matrix.symbol}" }`,
      'the stage is not repeated here: add matrix: { symbol: [...] }',
    ],
  ])('%s', async (fields, help) => {
    const { diagnostics } = await expandText(stage(fields));
    expect(diagnostics.map((diagnostic) => diagnostic.help)).toEqual([help]);
  });

  test('with the param that an empty list comes from', async () => {
    const { diagnostics } = await expandText(stage(`matrix: { a: "\${none}" }`, 'none: []'));
    expect(diagnostics).toMatchObject([{ code: 'MATRIX_EMPTY', related: [{ at: { line: 1 } }] }]);
  });
});

describe('a matrix is refused', () => {
  test.each([
    ['that is no map', 'matrix: [1]', 'CONFIG_TYPE [1]'],
    ['of a variable that is no list', 'matrix: { a: 5 }', 'CONFIG_TYPE 5'],
    ['of a variable without a value', 'matrix: { a: }', 'CONFIG_TYPE a:'],
    ['of a name with a dot', 'matrix: { a.b: [1] }', 'CONFIG_VALUE a.b'],
    ['of an empty list', 'matrix: { a: [], b: [1] }', 'MATRIX_EMPTY []'],
    ['of nothing', 'matrix: {}', 'MATRIX_EMPTY {}'],
    [
      'that excludes all',
      'matrix: { a: [1], exclude: [{ a: 1 }] }',
      'MATRIX_EMPTY { a: [1], exclude',
    ],
    ['of a value twice', 'matrix: { a: [1, 2, 1] }', 'MATRIX_DUPLICATE 1] }'],
    ['of values that look alike', 'matrix: { a: [1, "1"] }', 'MATRIX_DUPLICATE "1"'],
    [
      'of an include that is there',
      'matrix: { a: [{ x: 1 }], include: [{ a: 0 }] }',
      'MATRIX_DUPLICATE { a: 0 }',
    ],
    ['of a comma', 'matrix: { a: ["x,y"] }', 'MATRIX_LABEL "x,y"'],
    ['of a bracket', 'matrix: { a: ["x]"] }', 'MATRIX_LABEL "x]"'],
    ['of a star', 'matrix: { a: ["*"] }', 'MATRIX_LABEL "*"'],
    ['of an empty text', 'matrix: { a: [""] }', 'MATRIX_LABEL ""'],
    ['of a line break', 'matrix: { a: ["x\\ny"] }', 'MATRIX_LABEL "x\\ny"'],
    ['of an included comma', 'matrix: { include: [{ a: "x,y" }] }', 'MATRIX_LABEL "x,y"'],
    [
      'of an unknown exclude',
      'matrix: { win: [1], exclude: [{ wni: 1 }] }',
      'MATRIX_UNKNOWN wni: 1',
    ],
    ['of an include that is no map', 'matrix: { a: [1], include: [7] }', 'CONFIG_TYPE 7'],
    [
      'of an exclude that is no list',
      'matrix: { a: [1], exclude: { a: 1 } }',
      'CONFIG_TYPE { a: 1 }',
    ],
    ['beside a foreach', 'matrix: { a: [1] }, foreach: { a: [1] }', 'MATRIX_AND_FOREACH foreach'],
    ['of unequal steps', 'foreach: { a: [1, 2], b: [1] }', 'FOREACH_LENGTHS b:'],
    ['of no steps', 'foreach: { a: [] }', 'MATRIX_EMPTY []'],
    ['of equal steps', 'foreach: { a: [1, 1] }', 'MATRIX_DUPLICATE 1] }'],
    ['of a param that is no list', `matrix: { a: "\${no}" }`, `CONFIG_TYPE "\${no}"`],
    ['of a param that is not there', `matrix: { a: "\${n}" }`, `PARAM_UNKNOWN \${n}`],
  ])('%s, at its place', async (_name, fields, expected) => {
    const text = stage(fields, 'no: 5');
    const result = await expandText(text);
    expectBlamed(text, result, [expected]);
    expect(result.expansion.isComplete).toBe(false);
  });

  test('once, where its variables are misspelled in all instances', async () => {
    const text = stage(
      `matrix: { window: [1, 2, 3] }, with: { w: "\${matrix.windw}", x: "\${nope}" }`,
    );
    const result = await expandText(text);
    expectBlamed(text, result, [`PARAM_UNKNOWN \${matrix.windw}`, `PARAM_UNKNOWN \${nope}`]);
    expect(result.diagnostics[0]?.help).toBe('did you mean "matrix.window"?');
    expect(result.diagnostics[0]?.expected).toBe('one of matrix.window');
  });

  test('where a variable is misspelled in exclude, with what was meant', async () => {
    const { diagnostics } = await expandText(
      stage('matrix: { window: [1], exclude: [{ windwo: 1 }] }'),
    );
    expect(diagnostics[0]).toMatchObject({
      expected: 'one of window',
      help: 'did you mean "window"?',
    });
  });

  test('when it stands for too many stages, before they are made', async () => {
    const list = JSON.stringify(Array.from({ length: 1000 }, (_, index) => index));
    const text = stage(`matrix: { a: ${list}, b: ${list} }`);
    const result = await expandText(text);
    expectBlamed(text, result, ['STAGES_TOO_MANY { a: [0']);
    expect(result.diagnostics[0]).toMatchObject({ got: '1000000 combinations' });
  });

  test('when all stages together are too many', async () => {
    const [list, longer] = [250, 400].map((length) =>
      JSON.stringify(Array.from({ length }, (_, index) => index)),
    );
    const text = `stages:\n  a: { uses: a }\n  b: { uses: a, matrix: { j: ${list}, k: ${longer} } }\n`;
    const result = await expandText(text);
    expectBlamed(text, result, ['STAGES_TOO_MANY b:']);
    expect(result.stages).toEqual({});
  });

  test('when its instances hold too much', async () => {
    const list = JSON.stringify(Array.from({ length: 5000 }, (_, index) => index));
    const text = stage(`matrix: { a: ${list} }, with: { all: ${list} }`);
    expectBlamed(text, await expandText(text), ['CONFIG_EXPANSION s:']);
  });
});
