import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let workspace: Workspace;

const RANK = 'export function rank(n: number): number { return n * 2; }\n';

const EDITED = `
name: edited
stages:
  own: { uses: ./stages/own.ts }
  last: { uses: ./stages/note.ts, needs: [own], with: { need: fixed } }
`;

beforeEach(async () => {
  workspace = new Workspace();
  workspace.write('stages/lib/rank.ts', RANK);
  workspace.write(
    'stages/own.ts',
    `import { appendFileSync } from 'node:fs';
import { PipelineStage } from 'millrace';
import { rank } from './lib/rank.ts';
export default class Own extends PipelineStage {
  run() { appendFileSync('ran.txt', 'own\\n'); return { own: rank(2) }; }
}
`,
  );
  workspace.write('edited.pipeline.yaml', EDITED);
  expect((await workspace.run(['run', 'edited.pipeline.yaml'])).code).toBe(1);
  workspace.write('fixed', '');
  workspace.write('ran.txt', '');
});
afterEach(() => workspace.remove());

test('a stage whose code or whose helper was edited runs again on resume, and the plan says so', async () => {
  workspace.write('stages/lib/rank.ts', RANK.replace('* 2', '* 3'));
  const resumed = await workspace.run(['resume', 'edited.pipeline.yaml']);
  expect(resumed).toMatchObject({ code: 0, stderr: '' });
  expect(resumed.stdout).toMatch(/own +code: stages\/lib\/rank.ts changed\n/);
  expect(workspace.lines('ran.txt')).toEqual(['own', 'last']);
});

test('comments and formatting run nothing again', async () => {
  workspace.write('stages/lib/rank.ts', `// twice\n${RANK.replace('{ return', '{\n  return')}`);
  const resumed = await workspace.run(['resume', 'edited.pipeline.yaml']);
  expect(resumed.stdout).toContain('kept: own (1)');
  expect(workspace.lines('ran.txt')).toEqual(['last']);
});
