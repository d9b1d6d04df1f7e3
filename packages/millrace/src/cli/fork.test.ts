import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

const CONFIG = `name: sums
params: { step: 1 }
context: { start: 1 }
stages:
  one: { uses: ./stages/add.ts, reads: { base: start }, writes: { sum: first } }
  two: { uses: ./stages/add.ts, needs: [one], reads: { base: first }, writes: { sum: second }, with: { step: "\${step}" } }
`;

const ADD = `import { appendFileSync } from 'node:fs';
import { PipelineStage, z } from 'millrace';
export default class Add extends PipelineStage.of({
  params: z.object({ step: z.number().default(1) }),
  inputs: z.object({ base: z.number() }),
  outputs: z.object({ sum: z.number() }),
}) {
  run({ inputs, params }) {
    appendFileSync('ran.txt', 'ran\\n');
    return { sum: inputs.base + params.step };
  }
}
`;

let workspace: Workspace;

beforeEach(async () => {
  workspace = new Workspace();
  workspace.write('stages/add.ts', ADD);
  workspace.write('sums.yaml', CONFIG);
  expect(await workspace.run(['run', 'sums.yaml'])).toMatchObject({ code: 0, stderr: '' });
  workspace.write('ran.txt', '');
});
afterEach(() => workspace.remove());

async function storedValue(key: string): Promise<unknown> {
  const { stdout } = await workspace.run(['show', '--context', key, '--json']);
  return JSON.parse(stdout);
}

test('a fork with a changed value runs what rests on it, in a run of its own that can be resumed and told of', async () => {
  const planned = await workspace.run(['fork', 'latest', '--param', 'step=5', '--dry-run']);
  expect(planned.stdout).toMatch(/= one +reuse .*\n. two +run +with\.step 1 -> 5\n/);
  expect(workspace.lines('ran.txt')).toEqual([]);
  const forked = await workspace.run(['fork', 'latest', '--param', 'step=5']);
  expect(forked).toMatchObject({ code: 0, stderr: '' });
  expect(forked.stdout).toMatch(/\nfork of +\d{8}-/);
  expect(workspace.lines('ran.txt')).toEqual(['ran']);
  expect(await storedValue('second')).toBe(7);
  const { stdout } = await workspace.run(['runs', '--json']);
  const [fork, origin] = JSON.parse(stdout).runs;
  expect((await workspace.run(['show', fork.id])).stdout).toMatch(`fork of   ${origin.id}`);
  expect((await workspace.run(['show', fork.id])).stdout).toMatch(
    `log       .millrace/logs/${fork.id}.log`,
  );
  // What was given to the fork holds for its resumes.
  const resumed = await workspace.run(['resume', fork.id]);
  expect(resumed.stderr).toContain('RUN_ALREADY_SUCCEEDED');
});

test('a fork takes another initial context, and refuses what the pipeline does not take', async () => {
  expect(await workspace.run(['fork', 'latest', '--context', 'start=10'])).toMatchObject({
    code: 0,
  });
  expect(await storedValue('second')).toBe(12);
  const refused = await workspace.run(['fork', 'latest', '--context', 'strat=10']);
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain('did you mean "start"?');
  expect((await workspace.run(['fork', 'nothing'])).stderr).toContain('RUN_NOT_FOUND');
});
