import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Ended, Workspace } from '../testing-local/workspace.ts';

// A project is made, run, tested and type-checked.

const ROOT = resolve(import.meta.dirname, '../../../../..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace('init');
});
afterEach(() => workspace.remove());

const FILES = [
  'package.json',
  '.gitignore',
  'tsconfig.json',
  'millrace.config.yaml',
  'stages/load.ts',
  'stages/volatility.ts',
  'stages/volatility.test.ts',
  'stages/report.ts',
  'data/prices.csv',
  '.millrace/schema.json',
];

/** In a folder of the workspace, as a person would. */
function inside(folder: string, line: string): Promise<Ended> {
  return workspace.shell(`cd '${workspace.path(folder)}' && ${line}`);
}

async function typeCheck(folder: string): Promise<string> {
  symlinkSync(join(ROOT, 'node_modules/@types'), workspace.path('node_modules/@types'));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [TSC], {
      cwd: workspace.path(folder),
    });
    return stdout;
  } catch (error) {
    return String(Reflect.get(Object(error), 'stdout'));
  }
}

describe('a new project', () => {
  test('runs, resumes, passes its test and type-checks as it is', async () => {
    const made = await workspace.run(['init', 'prices']);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toBe(
      `✔ prices: a project in prices\n${FILES.map((file) => `  new       ${file}\n`).join('')}
next:
  cd prices
  npm install
  npx millrace run
`,
    );
    expect(await inside('prices', '$M validate')).toMatchObject({
      code: 0,
      stdout: '✔ millrace.config.yaml: prices, 3 stages\n',
    });
    const run = await inside('prices', '$M run');
    expect(run.stdout).toMatch(/✔ succeeded in \S+: 3 succeeded\n$/);
    expect(workspace.read('prices/out/report.txt')).toMatch(
      /^10 days, volatility \d+\.\d % a year\n$/,
    );
    expect((await inside('prices', 'rm -r out data; $M run')).code).toBe(1);
    const resumed = await inside('prices', '$M init --force >/dev/null && $M resume');
    expect(resumed.stdout).toMatch(/✔ succeeded/);
    expect(await inside('prices', 'node --test --test-reporter=tap')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^# pass 2$/m),
    });
    expect(await typeCheck('prices')).toBe('');
  });

  test('has the scripts of its package.json, and the packages that it needs', async () => {
    await workspace.run(['init', 'prices', '--name', 'other', '--yes']);
    expect(JSON.parse(workspace.read('prices/package.json'))).toMatchObject({
      name: 'other',
      private: true,
      type: 'module',
      scripts: { run: 'millrace run', resume: 'millrace resume', plan: 'millrace plan' },
      dependencies: { millrace: expect.stringMatching(/^\^\d+\.\d+\.\d+$/) },
    });
    expect(workspace.read('prices/millrace.config.yaml')).toMatch(/^name: other$/m);
  });

  test('has a schema that knows its stages before anything is installed', async () => {
    const away = workspace.path('node_modules/away');
    await workspace.shell(
      `mv node_modules/millrace '${away}' && $M init prices; mv '${away}' node_modules/millrace`,
    );
    const config = workspace.read('prices/millrace.config.yaml');
    expect(config).toMatch(/^# yaml-language-server: \$schema=\.\/\.millrace\/schema\.json\n/);
    const { definitions } = JSON.parse(workspace.read('prices/.millrace/schema.json'));
    expect(definitions.with2.properties.window).toMatchObject({
      default: 20,
      description: 'So many of the newest days count.',
    });
  });

  test('is in this folder without a name, and told as JSON when that is asked for', async () => {
    const made = await workspace.shell('mkdir "Der Ordner" && cd "Der Ordner" && $M init --json');
    expect(JSON.parse(made.stdout)).toEqual({
      folder: workspace.path('Der Ordner'),
      name: 'der-ordner',
      written: FILES,
      replaced: [],
      changed: [],
      kept: [],
      next: ['npm install', 'npx millrace run'],
    });
  });
});

describe('a folder that is not empty', () => {
  test('keeps its files: they are listed, and nothing is written', async () => {
    workspace.write('prices/data/prices.csv', 'mine');
    workspace.write('prices/stages/load.ts', 'mine too');
    const refused = await workspace.run(['init', 'prices']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /error\[INIT_EXISTS\]: \S+prices already has stages\/load\.ts, data\/prices\.csv; nothing was written\n {2}help: .* --force\n/,
    );
    expect(workspace.read('prices/data/prices.csv')).toBe('mine');
    expect(workspace.read('prices/package.json')).toBe('');
    const json = await workspace.run(['init', 'prices', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      error: { code: 'INIT_EXISTS', details: { files: ['stages/load.ts', 'data/prices.csv'] } },
    });
    const forced = await workspace.run(['init', 'prices', '--force']);
    expect(forced.stdout).toMatch(
      /^ {2}replaced {2}stages\/load\.ts\n {2}replaced {2}data\/prices\.csv$/m,
    );
    expect(workspace.read('prices/stages/load.ts')).toMatch(/class Load/);
  });

  test('keeps its config of another format, even when files are to be replaced', async () => {
    workspace.write('prices/package.json', '{ "type": "module" }');
    workspace.write('prices/millrace.config.json', '{}');
    const refused = await workspace.run(['init', 'prices', '--force']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /INIT_EXISTS.* already has millrace\.config\.json; nothing was written/,
    );
    expect(workspace.read('prices/millrace.config.yaml')).toBe('');
  });

  test('has what is missing put into its package.json and .gitignore, and that is said', async () => {
    const manifest = {
      name: 'mine',
      scripts: { run: 'mine' },
      devDependencies: { typescript: '5.9.3' },
    };
    workspace.write('prices/package.json', JSON.stringify(manifest, undefined, '\t'));
    workspace.write('prices/.gitignore', 'dist\nnode_modules');
    workspace.write('prices/tsconfig.json', '{}');
    const made = await workspace.run(['init', 'prices']);
    expect(made.stdout).toContain(
      'changed   package.json: scripts.resume, scripts.plan, scripts.schema, scripts.test, scripts.types, dependencies.millrace, devDependencies.@types/node\n',
    );
    expect(made.stdout).toContain(
      'changed   .gitignore: .millrace/*, !.millrace/schema.json, out/\n',
    );
    expect(made.stdout).toContain('kept      tsconfig.json\n');
    const text = workspace.read('prices/package.json');
    expect(text).toMatch(/^\t"name": "mine"/m);
    expect(JSON.parse(text)).toMatchObject({ scripts: { run: 'mine', resume: 'millrace resume' } });
    expect(JSON.parse(text).type).toBeUndefined();
    expect(workspace.read('prices/.gitignore')).toBe(
      'dist\nnode_modules\n.millrace/*\n!.millrace/schema.json\nout/\n',
    );
    expect(workspace.read('prices/tsconfig.json')).toBe('{}');
    // Its own files are no modules, so that the stages say so by their ending.
    expect(await inside('prices', '$M run && node --test')).toMatchObject({ code: 0 });
    expect(workspace.read('prices/stages/load.mts')).toMatch(/class Load/);
  });
});

test.each([
  [
    ['init', 'prices', '--name', 'Prices'],
    /INIT_NAME\]: .*"Prices".*\n {2}help: .*--name prices\n/,
  ],
  [['init', 'prices', '--name', 'millrace'], /INIT_NAME\]: .*is taken\n.*--name my-pipeline\n/],
  [['init', 'package.json'], /INIT_FOLDER/],
  [['init', 'broken'], /INIT_MANIFEST\]: package\.json cannot be read: .*JSON/],
  [['init', 'package.json/x'], /FILE_UNWRITABLE\]: \S+package\.json cannot be written/],
] as const)('%j exits with 2, says why and writes nothing', async (args, why) => {
  workspace.write('broken/package.json', '{ "name": ');
  const ended = await workspace.run(args);
  expect(ended.stderr).toMatch(why);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(workspace.read('prices/package.json')).toBe('');
  expect(workspace.read('broken/millrace.config.yaml')).toBe('');
});
