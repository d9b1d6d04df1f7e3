import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { shellQuote } from './command-line.ts';
import { resumeCommand } from './resume-command.ts';

let folder: string;
const { argv } = process;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-resume-'));
  writeFileSync(join(folder, 'package.json'), '{}');
});
afterEach(() => {
  process.argv = argv;
  rmSync(folder, { recursive: true });
});

function commandOf(
  store: string,
  { script = '/opt/bin/millrace', env = {} as Record<string, string> } = {},
): Promise<string | undefined> {
  process.argv = ['node', script];
  return resumeCommand({
    runId: 'r1',
    store,
    cwd: folder,
    env: { PATH: '/usr/bin:/opt/bin', ...env },
  });
}

test.each(['plain', 'two words', "it's", '$HOME `x` "y" \\', '*', '', '-x', 'a\nb', '~'])(
  'a shell gives %j back as it was',
  (word) => {
    const back = execFileSync('sh', ['-c', `printf %s ${shellQuote(word)}`], { encoding: 'utf8' });
    expect(back).toBe(word);
  },
);

test('the default store needs no naming; another one is named relative to the folder when inside', async () => {
  expect(await commandOf(`sqlite:${folder}/.millrace/millrace.db`)).toBe('millrace resume r1');
  expect(await commandOf(`sqlite:${folder}/sub/a.db`)).toBe(
    'millrace resume r1 --store sqlite:sub/a.db',
  );
  expect(await commandOf('sqlite:/elsewhere/a.db')).toBe(
    'millrace resume r1 --store sqlite:/elsewhere/a.db',
  );
  expect(await commandOf('memory')).toBeUndefined();
});

test("a config's own store needs no naming where that config is found, whatever is wrong with its stages", async () => {
  const file = join(folder, 'millrace.config.yaml');
  writeFileSync(file, 'name: x\nstore: sqlite:own.db\nstages: { a: { uses: ./none.ts } }\n');
  expect(await commandOf(`sqlite:${folder}/own.db`)).toBe('millrace resume r1');
  expect(await commandOf(`sqlite:${folder}/.millrace/millrace.db`)).toBe(
    'millrace resume r1 --store sqlite:.millrace/millrace.db',
  );
  writeFileSync(file, 'name: [');
  expect(await commandOf(`sqlite:${folder}/own.db`)).toBe(
    'millrace resume r1 --store sqlite:own.db',
  );
});

test('the program is named as the person can start it', async () => {
  const store = `sqlite:${folder}/.millrace/millrace.db`;
  const local = join(folder, 'node_modules/.bin/millrace');
  expect(await commandOf(store, { script: local })).toBe('npx millrace resume r1');
  expect(
    await commandOf(store, { script: local, env: { PATH: join(folder, 'node_modules/.bin') } }),
  ).toBe('millrace resume r1');
  expect(
    await commandOf(store, {
      script: local,
      env: { PATH: join(folder, 'node_modules/.bin'), npm_execpath: '/npm' },
    }),
  ).toBe('npx millrace resume r1');
  expect(await commandOf(store, { script: join(folder, 'bin/millrace.js') })).toBe(
    'node bin/millrace.js resume r1',
  );
  expect(await commandOf(store, { script: '/app/main.ts' })).toBe('npx millrace resume r1');
});

test('from an npm script in another folder, the store is named for the folder the person is in', async () => {
  mkdirSync(join(folder, 'packages/a'), { recursive: true });
  const store = `sqlite:${folder}/packages/a/.millrace/millrace.db`;
  process.argv = ['node', '/app/node_modules/.bin/millrace'];
  const env = { INIT_CWD: folder, npm_execpath: '/npm' };
  expect(await resumeCommand({ runId: 'r1', store, cwd: join(folder, 'packages/a'), env })).toBe(
    'npx millrace resume r1 --store sqlite:packages/a/.millrace/millrace.db',
  );
});
