import { describe, expect, test } from '@jest/globals';
import { expandText, expectBlamed } from './testing-local/expand-text.ts';

const INNER = '{ stages: { x: { uses: a, with: { n: 1, m: 2 } }, y: { uses: b } } }';

async function stagesOf(stages: string): Promise<Record<string, unknown>> {
  const text = `pipelines:\n  inner: ${INNER}\n  main:\n    stages:\n${stages}`;
  const result = await expandText(text, { pipeline: 'main' });
  expect(result.diagnostics).toEqual([]);
  return result.stages;
}

describe('an entry named like an instance', () => {
  test('changes that instance, its maps key by key', async () => {
    const stages = await stagesOf(`
      s: { uses: a, matrix: { k: [1, 2] }, with: { k: "\${matrix.k}", t: [1] }, timeout: 5m }
      "s[2]": { with: { t: [2, "\${matrix.k}"] }, timeout: 10m }
`);
    expect(stages).toEqual({
      's[1]': { uses: 'a', with: { k: 1, t: [1] }, timeout: '5m' },
      's[2]': { uses: 'a', with: { k: 2, t: [2, 2] }, timeout: '10m' },
    });
  });

  test('of a pipeline inside changes that stage, of one instance or of all', async () => {
    const stages = await stagesOf(`
      p: { pipeline: inner, matrix: { k: [1, 2] } }
      p/x: { with: { m: 3 } }
      "p[2]/x": { with: { n: 4 } }
      q: { pipeline: inner }
      q/x: { timeout: 1m }
`);
    expect(stages).toMatchObject({
      'p[1]/x': { uses: 'a', with: { n: 1, m: 3 } },
      'p[1]/y': { uses: 'b' },
      'p[2]/x': { uses: 'a', with: { n: 4, m: 3 } },
      'q/x': { uses: 'a', with: { n: 1, m: 2 }, timeout: '1m' },
    });
  });

  test('that does not exist is told with those that do', async () => {
    const text = `
stages:
  s: { uses: a, matrix: { k: [1, 2] } }
  "s[3]": { timeout: 10m }
`;
    const result = await expandText(text);
    expectBlamed(text, result, ['INSTANCE_UNKNOWN "s[3]"']);
    expect(result.diagnostics[0]?.expected).toBe('one of s[1], s[2]');
  });

  test('is refused where it is no map of changes', async () => {
    const text = 'stages:\n  s: { uses: a, matrix: { k: [1] } }\n  "s[1]": ./other.ts\n';
    expectBlamed(text, await expandText(text), ['STAGE_WRONG_TYPE ./other.ts']);
  });

  test('is a stage of its own where nothing of the name is repeated', async () => {
    const stages = await stagesOf(`
      s: { uses: a }
      "s[3]": { uses: b }
      s/x: { uses: b }
`);
    expect(Object.keys(stages)).toEqual(['s', 's[3]', 's/x']);
  });
});
