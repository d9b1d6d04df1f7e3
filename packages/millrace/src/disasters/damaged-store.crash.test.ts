import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FIXABLE } from '../cli/testing-local/configs.ts';
import { Workspace } from '../cli/testing-local/workspace.ts';
import { DatabaseSync } from '../testing-local/database.ts';
import { expectNoTrace, expectRefused } from './testing-local/expect-refused.ts';

// Each test starts several processes.

const CONFIG = 'fixable.pipeline.yaml';
const COMMANDS = [
  ['runs'],
  ['show'],
  ['plan', CONFIG],
  ['resume'],
  ['resume', CONFIG, '--dry-run'],
  ['run', CONFIG],
];
/** Those that would begin anew or go on. */
const TELLING_COMMANDS = [['resume'], ['run', CONFIG]];

let workspace: Workspace;
let store: string;
let log: string;
let values: string;

/** Each damage begins with the same store, which a process that was killed has left with its log. */
beforeAll(async () => {
  workspace = new Workspace();
  store = workspace.path('.millrace/millrace.db');
  log = `${store}-wal`;
  values = `${store}.artifacts`;
  workspace.write(CONFIG, FIXABLE.replace('ingest: {', 'ingest: { with: { bytes: 1200000 },'));
  const crash = { MILLRACE_CRASH_AT: 'after:stage.failed:sum#1' };
  expect((await workspace.run(['run', CONFIG], crash)).signal).toBe('SIGKILL');
  cpSync(workspace.path('.millrace'), workspace.path('killed'), { recursive: true });
  expectNoTrace(await workspace.run(['runs']));
  cpSync(workspace.path('.millrace'), workspace.path('closed'), { recursive: true });
});
beforeEach(() => workspace.write('ran.txt', ''));
afterAll(() => workspace.remove());

function restore(from: 'killed' | 'closed'): void {
  rmSync(workspace.path('.millrace'), { recursive: true, force: true });
  cpSync(workspace.path(from), workspace.path('.millrace'), { recursive: true });
}

function overwrite(file: string, from: number, bytes: Uint8Array): void {
  const content = readFileSync(file);
  content.set(bytes, from);
  writeFileSync(file, content);
}

/** The same at every run of the tests, and nothing that SQLite would write. */
function noise(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, place) => (place * 167 + 91) % 251));
}

function content(): string | undefined {
  const stats = statSync(store, { throwIfNoEntry: false });
  return stats?.isFile() === true ? readFileSync(store).toString('base64') : undefined;
}

/** The commands refuse it, change nothing and run no stage. */
async function expectAllRefuse(code: string, file: string, commands = COMMANDS): Promise<void> {
  const before = content();
  const ends = await Promise.all(commands.map((command) => workspace.run(command)));
  for (const ended of ends) expectRefused(ended, code, file);
  expect(content()).toBe(before);
  expect(workspace.lines('ran.txt')).toEqual([]);
}

describe('a store that was closed and is then damaged is refused by every command, when', () => {
  test.each<[string, string, () => void]>([
    ['its header is noise', 'STORE_UNUSABLE', () => overwrite(store, 0, noise(100))],
    ['its second page is zeros', 'STORE_CORRUPT', () => overwrite(store, 4096, Buffer.alloc(4096))],
    ['it is emptied', 'STORE_UNUSABLE', () => truncateSync(store, 0)],
  ])('%s', async (_damage, code, damage) => {
    restore('closed');
    damage();
    await expectAllRefuse(code, store);
  });
});

describe('a store that was closed and is then damaged is refused when', () => {
  test.each<[string, string, () => void]>([
    ['it is cut to half', 'STORE_UNUSABLE', () => truncateSync(store, statSync(store).size / 2)],
    ['it lacks a page', 'STORE_UNUSABLE', () => truncateSync(store, statSync(store).size - 4096)],
    ['it is text', 'STORE_UNUSABLE', () => writeFileSync(store, 'name: daily\n'.repeat(99))],
    ['it is of a newer Millrace', 'STORE_NEWER', () => execute('PRAGMA user_version = 1000')],
  ])('%s', async (_damage, code, damage) => {
    restore('closed');
    damage();
    await expectAllRefuse(code, store, TELLING_COMMANDS);
  });

  test('a folder lies in its place', async () => {
    restore('closed');
    rmSync(store);
    mkdirSync(store);
    await expectAllRefuse('STORE_UNUSABLE', store, TELLING_COMMANDS);
  });
});

describe('a store that a killed process left, and whose log is then damaged, is refused when', () => {
  test.each<[string, string, () => void]>([
    ['the log is noise', 'STORE_CORRUPT', () => overwrite(log, 0, noise(statSync(log).size))],
    ['the log is deleted', 'STORE_UNUSABLE', () => rmSync(log)],
    ['the log is emptied', 'STORE_UNUSABLE', () => truncateSync(log, 0)],
    ['the log is all that is left', 'STORE_UNUSABLE', () => rmSync(store)],
  ])('%s', async (_damage, code, damage) => {
    restore('killed');
    damage();
    await expectAllRefuse(code, log, TELLING_COMMANDS);
  });
});

describe('a store that a killed process left is whole, although', () => {
  test.each<[string, () => void]>([
    ['the index of its log is noise', () => overwrite(`${store}-shm`, 0, noise(32_768))],
    ['the index of its log is gone', () => rmSync(`${store}-shm`)],
    ['the end of its log is torn', () => appendFileSync(log, noise(2000))],
  ])('%s', async (_damage, damage) => {
    restore('killed');
    damage();
    const planned = await workspace.run(['resume', '--dry-run']);
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    expect(planned.stdout).toContain('= ingest  reuse  it succeeded in attempt 1');
  });
});

describe('a store that is there and holds nothing', () => {
  test('is used as a new one when nothing lies beside it, and never in silence', async () => {
    restore('closed');
    rmSync(values, { recursive: true });
    truncateSync(store, 0);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(store, longAgo, longAgo);
    const listed = await workspace.run(['runs']);
    expect(listed).toMatchObject({ code: 0, stdout: '' });
    expect(listed.stderr).toContain(`warning[STORE_EMPTY]: ${store} was there and holds nothing`);
    expect(statSync(store).size).toBe(0);
    const resumed = await workspace.run(['resume']);
    expect(resumed).toMatchObject({ code: 2 });
    expect(resumed.stderr).toContain('error[NOTHING_TO_RESUME]');
    const ran = await workspace.run(['run', CONFIG]);
    expect(ran.stderr).toContain('warning[STORE_EMPTY]');
    expect(await workspace.run(['runs'])).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a store that is swapped', () => {
  test('for one of another time is refused by the id of a run that it does not hold', async () => {
    restore('closed');
    const [id] = readdirSync(workspace.path('.millrace/logs'));
    const run = id?.replace('.log', '') ?? '';
    rmSync(workspace.path('.millrace'), { recursive: true });
    await workspace.run(['run', CONFIG]);
    workspace.write('ran.txt', '');
    for (const command of ['resume', 'show']) {
      const ended = await workspace.run([command, run]);
      expectRefused(ended, 'RUN_NOT_FOUND', '.millrace/millrace.db');
      expect(ended.stderr).toContain(`has no run "${run}"`);
    }
    expect(workspace.lines('ran.txt')).toEqual([]);
  });

  test.each([
    ['deleted', "rmSync('.millrace/millrace.db');"],
    ['deleted with its folder', "rmSync('.millrace', { recursive: true });"],
    ['moved away', "renameSync('.millrace/millrace.db', 'moved.db');"],
    ['without its log', "rmSync('.millrace/millrace.db-wal');"],
    ['replaced', "writeFileSync('copy.db', ''); renameSync('copy.db', '.millrace/millrace.db');"],
  ])(
    'under a running process is noticed before anything else is told as done: %s',
    async (_how, line) => {
      rmSync(workspace.path('.millrace'), { recursive: true, force: true });
      workspace.write(
        'stages/swap.ts',
        `import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { PipelineStage } from 'millrace';
export default class Swap extends PipelineStage { run() { ${line} void [renameSync, rmSync, writeFileSync]; } }
`,
      );
      workspace.write(
        'swap.yaml',
        'name: swap\nstages:\n  swap: { uses: ./stages/swap.ts }\n  next: { uses: ./stages/note.ts, needs: [swap] }\n',
      );
      const ended = await workspace.run(['run', 'swap.yaml']);
      expectRefused(ended, 'STORE_REPLACED', store);
      expect(ended.code).toBe(1);
      expect(ended.stdout).not.toContain('✔ swap');
      expect(workspace.lines('ran.txt')).toEqual([]);
    },
  );
});

test('two configs keep their runs apart in one store, also at the same time', async () => {
  rmSync(workspace.path('.millrace'), { recursive: true, force: true });
  workspace.write('other.yaml', FIXABLE.replace('name: fixable', 'name: other'));
  const both = await Promise.all(
    [
      ['run', CONFIG],
      ['run', 'other.yaml'],
    ].map((args) => workspace.run(args)),
  );
  expect(both.map(({ code }) => code)).toEqual([1, 1]);
  workspace.write('fixed', '');
  for (const config of [CONFIG, 'other.yaml']) {
    const resumed = await workspace.run(['resume', config]);
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stdout).toContain('2 kept, 2 succeeded');
  }
  rmSync(workspace.path('fixed'));
});

function execute(sql: string): void {
  const database = new DatabaseSync(store);
  database.exec(sql);
  database.close();
}
