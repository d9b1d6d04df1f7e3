import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

function stage(body: string): string {
  return `import { PipelineStage } from 'millrace';
export default class Odd extends PipelineStage { async run() { ${body} } }
`;
}

describe('an end that the command did not ask for', () => {
  beforeEach(() =>
    workspace.write('odd.pipeline.yaml', 'name: odd\nstages: { odd: { uses: ./stages/odd.ts } }\n'),
  );

  test.each([
    ['a stage', stage('process.exit(0);')],
    [
      'a stage later on',
      stage('await null; setTimeout(() => process.exit(0)); await new Promise(() => {});'),
    ],
    ['a stage module', `process.exit(0);\n${stage('')}`],
  ])('by %s is no success, and says what happened', async (_name, source) => {
    workspace.write('stages/odd.ts', source);
    const ended = await workspace.run(['run', 'odd.pipeline.yaml']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('called process.exit(0) before the command was done');
  });

  test('by a module that never finishes loading is told as such', async () => {
    workspace.write('stages/odd.ts', `await new Promise(() => {});\n${stage('')}`);
    const ended = await workspace.run(['run', 'odd.pipeline.yaml']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('waits at its top level for something that can never happen');
  });
});

test('Ctrl-C is heard between stages that compute without awaiting', async () => {
  workspace.write(
    'stages/busy.ts',
    `import { writeSync } from 'node:fs';
import { PipelineStage } from 'millrace';
export default class Busy extends PipelineStage {
  run({ stageId }: { stageId: string }) {
    writeSync(1, 'computing ' + stageId + '\\n');
    const began = performance.now();
    while (performance.now() - began < 400);
    return { [stageId]: 1 };
  }
}
`,
  );
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const stages = ids.map((id, at) => {
    const needs = at === 0 ? '' : `, needs: [${ids[at - 1]}]`;
    return `  ${id}: { uses: ./stages/busy.ts${needs} }\n`;
  });
  workspace.write('busy.pipeline.yaml', `name: busy\nstages:\n${stages.join('')}`);
  const going = workspace.start(['run', 'busy.pipeline.yaml']);
  await going.until(/computing a/);
  going.child.kill('SIGINT');
  const ended = await going.ended;
  expect(ended.code).toBe(130);
  expect(ended.stdout).not.toContain('computing f');
});
