import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAGE = `import { PipelineStage, z } from '@millrace/core';

export default class Score extends PipelineStage.of({
  params: z.object({ window: z.int().min(2).default(20), symbol: z.string() }),
  inputs: z.object({ first: z.number().optional(), second: z.number().optional() }),
  outputs: z.object({ score: z.number() }),
}) {
  run() {
    return { score: 1 };
  }
}
`;

/** Stages in layers of a hundred, each reading two of the layer before. Six lines a stage. */
export function generateConfig(folder: string, stages: number): string {
  mkdirSync(join(folder, 'stages'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'stages', 'score.ts'), STAGE);
  const lines = ['name: curve', 'params: { window: 30 }', 'stages:'];
  for (let at = 0; at < stages; at++) {
    const above = [at - 100, at - 101].filter((other) => other >= 0);
    const reads = above.map(
      (other, place) => `${place === 0 ? 'first' : 'second'}: score-${other}`,
    );
    lines.push(`  stage-${at}:`);
    lines.push('    uses: ./stages/score.ts');
    lines.push(`    needs: [${above.map((other) => `stage-${other}`).join(', ')}]`);
    lines.push(`    with: { window: "\${window}", symbol: S${at % 500} }`);
    lines.push(`    reads: { ${reads.join(', ')} }`);
    lines.push(`    writes: { score: score-${at} }`);
  }
  const file = join(folder, 'curve.pipeline.yaml');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
