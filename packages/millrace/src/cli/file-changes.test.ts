import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let workspace: Workspace;

const READ = `import { readFileSync } from 'node:fs';
import { PipelineStage, z } from 'millrace';
export default class Read extends PipelineStage {
  static spec = {
    params: z.object({ file: z.string() }),
    outputs: z.object({ text: z.string() }),
    files: ({ file }) => [file],
  };
  run({ params }) { return { text: readFileSync(params.file, 'utf8') }; }
}
`;

const CONFIG = `name: files
stages:
  own: { uses: ../stages/read.ts, with: { file: data/own.txt } }
  listed: { uses: ../stages/read.ts, with: { file: data/own.txt }, writes: { text: other }, files: ["../data/*.csv"] }
`;

beforeEach(async () => {
  workspace = new Workspace();
  workspace.write('stages/read.ts', READ);
  workspace.write('configs/files.yaml', CONFIG);
  workspace.write('data/own.txt', 'own');
  workspace.write('data/b.csv', 'b');
  workspace.write('data/c.csv', 'c');
  expect(await workspace.run(['run', 'configs/files.yaml'])).toMatchObject({ code: 0, stderr: '' });
});
afterEach(() => workspace.remove());

/** Resumes the run in another folder than its own. */
function resumed(flags: string): ReturnType<Workspace['shell']> {
  return workspace.shell(
    `mkdir -p sub && cd sub && $M resume latest --store sqlite:../configs/.millrace/millrace.db ${flags}`,
  );
}

test('files that did not change run nothing, wherever a run is resumed', async () => {
  expect((await resumed('')).stderr).toContain('RUN_ALREADY_SUCCEEDED');
});

test('a reason names each file by its path in the folder of the run, and tells what became of it', async () => {
  workspace.write('data/own.txt', 'another');
  workspace.write('data/a.csv', 'a');
  rmSync(join(workspace.folder, 'data/c.csv'));
  const { stdout } = await resumed('--dry-run');
  expect(stdout).toMatch(/own +run +file data\/own\.txt changed\n/);
  expect(stdout).toMatch(
    /listed +run +file data\/a\.csv is new; file data\/own\.txt changed; file data\/c\.csv is gone\n/,
  );
});
