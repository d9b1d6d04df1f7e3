import { expect, test } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { expandText } from './testing-local/expand-text.ts';
import { type NaiveStage, naiveExpansion } from './testing-local/naive-expansion.ts';
import { randomConfig } from './testing-local/random-config.ts';

const TRIALS = 300;

test('random configs come to what the rules say, one by one', async () => {
  let stageCount = 0;
  for (let seed = 0; seed < TRIALS; seed++) {
    const config = randomConfig(new SeededRandom(seed));
    const text = JSON.stringify({ pipelines: config });
    const { stages, expansion, diagnostics } = await expandText(text, { pipeline: 'p0' });
    expect({ seed, diagnostics }).toEqual({ seed, diagnostics: [] });
    const found = Object.entries(stages).map(([id, stage]): NaiveStage => {
      const { namespace = '', writeSuffix = '' } = expansion.facts.get(id) ?? {};
      const { needs = [], with: given, reads, writes } = stage;
      const needed = new Set(needs as string[]);
      expect(needed.size).toBe((needs as string[]).length);
      return { id, needs: needed, with: given, reads, writes, namespace, suffix: writeSuffix };
    });
    expect({ seed, found }).toEqual({ seed, found: naiveExpansion(config) });
    stageCount += found.length;
  }
  expect(stageCount).toBeGreaterThan(TRIALS * 3);
});

test('ten thousand instances are made in a moment', async () => {
  const list = JSON.stringify(Array.from({ length: 100 }, (_, index) => index));
  const text = `
params: { day: 2024-03-14, source: x }
stages:
  load: { uses: a, matrix: { s: ${list} }, with: { s: "\${matrix.s}", day: "\${day}" } }
  score:
    uses: b
    matrix: { w: ${list}, s: ${list} }
    needs: ["load[\${matrix.s}]"]
    reads: { bars: "bars[\${matrix.s}]" }
    with: { window: "\${matrix.w}", label: "\${source}-\${matrix.w}" }
    when: params.window > 3
  report: { uses: c, needs: [score], reads: { scores: "scores[*]" } }
`;
  const startedAt = performance.now();
  const { expansion, stages } = await expandText(text);
  const elapsedMs = performance.now() - startedAt;
  console.log(`${expansion.facts.size + 1} stages in ${elapsedMs.toFixed(0)} ms`);
  expect(Object.keys(stages)).toHaveLength(10_101);
  expect(stages.report?.needs).toHaveLength(10_000);
});
