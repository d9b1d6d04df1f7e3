import { describe, expect, test } from '@jest/globals';
import { expandText, expectBlamed } from './testing-local/expand-text.ts';

async function needsOf(text: string): Promise<Record<string, unknown>> {
  const { stages, diagnostics } = await expandText(text);
  expect(diagnostics).toEqual([]);
  return Object.fromEntries(Object.entries(stages).map(([id, { needs }]) => [id, needs ?? []]));
}

const REPEATED = `
stages:
  score: { uses: a, matrix: { window: [20, 50], symbol: [SPY, QQQ] } }
`;

describe('what a stage needs', () => {
  test.each([
    ['score', ['score[20,SPY]', 'score[20,QQQ]', 'score[50,SPY]', 'score[50,QQQ]']],
    ['"score[50,SPY]"', ['score[50,SPY]']],
    ['"score[*]"', ['score[20,SPY]', 'score[20,QQQ]', 'score[50,SPY]', 'score[50,QQQ]']],
    ['"score[20,*]"', ['score[20,SPY]', 'score[20,QQQ]']],
    ['"score[*,QQQ]"', ['score[20,QQQ]', 'score[50,QQQ]']],
    ['"score[50,SPY]", "score[50,*]"', ['score[50,SPY]', 'score[50,QQQ]']],
    ['unknown', ['unknown']],
  ])('is %s', async (needs, expected) => {
    const found = await needsOf(`${REPEATED}  r: { uses: b, needs: [${needs}] }\n`);
    expect(found.r).toEqual(expected);
  });

  test('may be the instance of the same values, also one that comes later', async () => {
    const text = `
stages:
  score: { uses: b, matrix: { s: [a, b], n: [1, 2] }, needs: ["load[\${matrix.s}]"] }
  load: { uses: a, foreach: { s: [a, b] } }
`;
    expect(await needsOf(text)).toEqual({
      'score[a,1]': ['load[a]'],
      'score[a,2]': ['load[a]'],
      'score[b,1]': ['load[b]'],
      'score[b,2]': ['load[b]'],
      'load[a]': [],
      'load[b]': [],
    });
  });

  test('is written as an id is, numbers too', async () => {
    const text = 'stages:\n  1.10: { uses: a }\n  b: { uses: a, needs: [1.10] }\n';
    expect(await needsOf(text)).toMatchObject({ b: ['1.10'] });
  });

  test('stays written twice where it is written twice, once for all instances', async () => {
    const found = await needsOf(`${REPEATED}  r: { uses: b, needs: [score, score] }\n`);
    expect(found.r).toHaveLength(5);
  });

  test('keeps what is no list for the check of its type', async () => {
    expect(await needsOf('stages:\n  a: { uses: a, needs: 5 }\n')).toEqual({ a: 5 });
  });
});

describe('an instance that is not there', () => {
  test.each([
    ['"score[21,SPY]"', 'did you mean "score[20,SPY]"?'],
    ['"score[SPY]"', 'did you mean "score[20,SPY]"?'],
    ['"score[99,*]"', undefined],
  ])('is told with those that are: %s', async (need, help) => {
    const text = `${REPEATED}  r: { uses: b, needs: [${need}] }\n`;
    const result = await expandText(text);
    expectBlamed(text, result, [`INSTANCE_UNKNOWN ${need}`]);
    const [diagnostic] = result.diagnostics;
    expect(diagnostic?.expected).toMatch('one of score[20,SPY], score[20,QQQ]');
    if (help !== undefined) expect(diagnostic?.help).toBe(help);
  });

  test('is not told of a stage whose instances could not be made', async () => {
    const text = `
stages:
  score: { uses: a, matrix: { s: [] } }
  r: { uses: b, needs: ["score[1]", score] }
`;
    const result = await expandText(text);
    expectBlamed(text, result, ['MATRIX_EMPTY []']);
    expect(result.stages.r?.needs).toEqual(['score']);
  });
});

test('all to all is refused before it fills the memory', async () => {
  const list = JSON.stringify(Array.from({ length: 2500 }, (_, index) => index));
  const text = `
stages:
  a: { uses: a, matrix: { k: ${list} } }
  b: { uses: a, matrix: { k: ${list} }, needs: [a] }
`;
  expectBlamed(text, await expandText(text), ['NEEDS_TOO_MANY b:']);
});
