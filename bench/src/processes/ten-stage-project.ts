import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const STAGES = 10;

/** The command as it is installed. */
export const MILLRACE = join(ROOT, 'packages/millrace/bin/millrace.js');

const STAGE = `import { PipelineStage, z } from 'millrace';

export default class Add extends PipelineStage.of({
  params: z.object({ by: z.int() }),
  inputs: z.object({ before: z.int().optional() }),
  outputs: z.object({ sum: z.int() }),
}) {
  async run({ inputs, params }) {
    return { sum: (inputs.before ?? 0) + params.by };
  }
}
`;

/** A project on disk with a config of ten stages, each of which reads the one before. */
export class TenStageProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'millrace-ten-'));
  readonly config = 'ten.pipeline.yaml';

  constructor() {
    mkdirSync(join(this.folder, 'stages'));
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'), 'dir');
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(this.folder, 'stages/add.ts'), STAGE);
    writeFileSync(join(this.folder, this.config), configText());
  }

  /** So that each run begins with an empty store. */
  forgetRuns(): void {
    rmSync(join(this.folder, '.millrace'), { recursive: true, force: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function configText(): string {
  const lines = ['name: ten', 'stages:'];
  for (let place = 0; place < STAGES; place++) {
    lines.push(`  stage-${place}:`, '    uses: ./stages/add.ts', `    with: { by: ${place} }`);
    lines.push(`    writes: { sum: sum-${place} }`);
    if (place === 0) continue;
    lines.push(`    needs: [stage-${place - 1}]`, `    reads: { before: sum-${place - 1} }`);
  }
  return `${lines.join('\n')}\n`;
}
