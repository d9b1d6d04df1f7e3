import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GIVEN, TOTAL } from './testing-local/configs.ts';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let workspace: Workspace;

beforeAll(() => {
  workspace = new Workspace();
  workspace.write('given.yaml', GIVEN);
  workspace.write('stages/total.ts', TOTAL);
  workspace.write('good.json', '{ "prices": [1, 2], "scale": 5 }');
  workspace.write('list.json', '[]');
  workspace.write('torn.json', '{ "prices": [1,');
});
afterAll(() => workspace.remove());

test('values given on the command line are the initial context, and a resume needs none of them', async () => {
  const failed = await workspace.run(['run', 'given.yaml', '--context', 'prices=[1, 2, 3]']);
  expect(failed).toMatchObject({ code: 1, stderr: '' });
  workspace.write('fixed', '');
  expect(await workspace.run(['resume'])).toMatchObject({ code: 0 });
  const total = await workspace.run(['show', '--context', 'total']);
  expect(total.stdout).toBe('6\n');
});

test('a file gives several values, over the context of the config, and single ones win over it', async () => {
  workspace.write('fixed', '');
  const given = ['--context-file', 'good.json', '--context', 'prices=[10]'];
  expect(await workspace.run(['run', 'given.yaml', ...given])).toMatchObject({ code: 0 });
  expect((await workspace.run(['show', '--context'])).stdout).toBe(
    'prices: [ 10 ]\nscale: 5\ntotal: 50\n',
  );
});

test.each([
  [[], /error\[CONTEXT_MISSING\]: .*\n {2}help: give --context prices=VALUE, or --context-file/],
  [['--context', 'price=1'], /error\[CONTEXT_KEY_UNKNOWN\]: .*\n {2}help: did you mean "prices"\?/],
  [['--context', 'prices'], /error\[USAGE\]: --context: "prices" is no assignment/],
  [['--context-file', 'none.json'], /error\[USAGE\]: --context-file: none\.json cannot be read/],
  [['--context-file', 'torn.json'], /error\[USAGE\]: --context-file: torn\.json is no JSON: /],
  [['--context-file', 'list.json'], /error\[USAGE\]: --context-file: list\.json holds no object/],
])('%j is refused before anything is written', async (given, why) => {
  const store = ['--store', 'sqlite:never.db'];
  const ended = await workspace.run(['run', 'given.yaml', ...store, ...given]);
  expect(ended.stderr).toMatch(why);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(workspace.read('never.db')).toBe('');
});
