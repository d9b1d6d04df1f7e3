import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Workspace } from './testing-local/workspace.ts';

const CONFIG = `
name: scan
context: { words: [one, bad, three] }
stages:
  plain: { uses: ./stages/note.ts }
  length: { uses: ./stages/length.ts, map: { failureBudget: 1 } }
`;

const LENGTH = `
import { existsSync } from 'node:fs';
import { MappedStage, z } from 'millrace';

export default class Length extends MappedStage.of({
  inputs: z.object({ words: z.array(z.string()) }),
  outputs: z.object({ lengths: z.array(z.number()) }),
  map: { over: 'words', into: 'lengths' },
}) {
  override async runItem(word: string) {
    if (word === 'bad' && !existsSync('fixed')) throw new RangeError('not a word');
    return word.length;
  }
}
`;

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
  workspace.write('scan.pipeline.yaml', CONFIG);
  workspace.write('stages/length.ts', LENGTH);
});
afterEach(() => workspace.remove());

const run = (...args: readonly string[]) => workspace.run(args);

describe('a run with items that failed', () => {
  it('ends degraded, names the stage and how to see them, and is resumed for them alone', async () => {
    const ended = await run('run', 'scan.pipeline.yaml');
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/▲ length +item "bad": STAGE_THREW: not a word/);
    expect(ended.stdout).toMatch(/▲ length: 1 of 3 items failed: .*show \S+ --stage length\n/);
    expect((await run('run', 'scan.pipeline.yaml', '--strict')).code).toBe(3);
    workspace.write('fixed', '');
    const resumed = await run('resume', 'scan.pipeline.yaml');
    expect(resumed.stdout).toContain('length  1 of 3 items failed');
    expect(resumed.stdout).toMatch(/✔ length .*3 items, 2 kept/);
  });

  it('lists them in show, all of them with --items, and each as a line of JSON', async () => {
    await run('run', 'scan.pipeline.yaml');
    const failed = await run('show', '--stage', 'length');
    expect(failed.stdout).toMatch(/items +3 items, 1 failed\n/);
    expect(failed.stdout).toMatch(/\nbad +failed +1 +1 +\S+ +STAGE_THREW: not a word\n/);
    const all = await run('show', '--stage', 'length', '--items');
    expect(all.stdout.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'item',
      'bad',
      'one',
      'three',
      '',
    ]);
    const json = await run('show', '--stage', 'length', '--items', '--json');
    const items = json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(items).toMatchObject([
      { key: 'bad', status: 'failed', failure: { code: 'STAGE_THREW' } },
      { key: 'one', status: 'succeeded' },
      { key: 'three', status: 'succeeded' },
    ]);
  });

  it('shows the items of a stage that a fork has taken over', async () => {
    workspace.write('fixed', '');
    await run('run', 'scan.pipeline.yaml');
    await run('fork', 'latest');
    const all = await run('show', 'latest', '--stage', 'length', '--items');
    expect(all.stdout).toMatch(/^item .*\nbad +succeeded/);
  });

  it('has no items where there are none to ask for', async () => {
    await run('run', 'scan.pipeline.yaml');
    const plain = await run('show', '--stage', 'plain', '--items');
    expect(plain.stdout).toBe('plain is not a mapped stage: it has no items\n');
    const unnamed = await run('show', '--items');
    expect([unnamed.code, unnamed.stderr]).toEqual([
      2,
      expect.stringContaining('--stage is missing'),
    ]);
  });
});
