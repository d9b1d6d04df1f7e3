import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Workspace } from '../cli/testing-local/workspace.ts';
import { expectNoTrace } from './testing-local/expect-refused.ts';

// Each test starts several processes.

/** `reads` takes the large value of `large`, beside which `small` writes one that needs no file. */
const CONFIG = `
name: values
stages:
  large: { uses: ./stages/note.ts, with: { bytes: 1500000 } }
  small: { uses: ./stages/note.ts }
  reads: { uses: ./stages/reads.ts, needs: [large, small] }
`;

const READS = `
import { appendFileSync, existsSync } from 'node:fs';
import { PipelineStage, type StageScope, z } from 'millrace';

export default class Reads extends PipelineStage.of({
  inputs: z.object({ large: z.string() }),
  outputs: z.object({ length: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Reads>) {
    appendFileSync('ran.txt', 'reads\\n');
    if (!existsSync('fixed')) throw new Error('not yet');
    return { length: inputs.large.length };
  }
}
`;

let workspace: Workspace;

beforeEach(async () => {
  workspace = new Workspace();
  workspace.write('values.yaml', CONFIG);
  workspace.write('stages/reads.ts', READS);
  expect(await workspace.run(['run', 'values.yaml'])).toMatchObject({ code: 1 });
  workspace.write('fixed', '');
  workspace.write('ran.txt', '');
});
afterEach(() => workspace.remove());

function largeFile(): string {
  const folder = workspace.path('.millrace/millrace.db.artifacts');
  const [name = ''] = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((entry) => /[0-9a-f]{64}$/.test(entry));
  return join(folder, name);
}

describe('the file of a large value that is', () => {
  test.each<[string, (file: string) => void, RegExp]>([
    ['deleted', (file) => rmSync(file), /is missing/],
    ['cut off', (file) => truncateSync(file, 100), /has 100 bytes instead of 1500002/],
    [
      'overwritten with another value of the same length',
      (file) => writeFileSync(file, readFileSync(file, 'utf8').replaceAll('x', 'y')),
      /the body has the hash \w+; recorded was "\w+"/,
    ],
  ])(
    '%s is named with the stage that wrote it, and a resume runs that one and what reads it again',
    async (_how, damage, fault) => {
      const file = largeFile();
      damage(file);
      const shown = await workspace.run(['show', '--context', 'large']);
      expect(shown.code).toBe(1);
      expect(shown.stderr).toContain('error[CHECKPOINT_CORRUPT]: the checkpoint of stage "large"');
      expect(shown.stderr).toMatch(fault);
      // The file is called after its hash.
      expect(shown.stderr).toContain(file.slice(-64));
      expectNoTrace(shown);
      const resumed = await workspace.run(['resume']);
      expect(resumed).toMatchObject({ code: 0 });
      expect(resumed.stdout).toMatch(/large {2}its checkpoint is damaged: .*"large"/);
      expect(resumed.stdout).toContain('kept: small (1)');
      expect(workspace.lines('ran.txt').sort()).toEqual(['large', 'reads']);
      expect((await workspace.run(['show', '--context', 'length'])).stdout).toContain('1500000');
      expect((await workspace.run(['show', '--context', 'large'])).code).toBe(0);
    },
  );
});
