import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Ended, Workspace } from '../cli/testing-local/workspace.ts';
import { expectNoTrace, expectRefused } from './testing-local/expect-refused.ts';

// Each test starts several processes.

const STAGES = 8;

/** Next to the chain a stage waits until it is aborted, and notes that it was and that it was torn down. */
const WAIT = `
import { appendFileSync, existsSync } from 'node:fs';
import { PipelineStage, type StageScope } from 'millrace';

export default class Wait extends PipelineStage {
  override async run({ signal }: StageScope<typeof Wait>) {
    if (existsSync('freed')) return;
    // Alone, a promise would not keep the process alive.
    const alive = setInterval(() => {}, 1000);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    clearInterval(alive);
    appendFileSync('ended.txt', 'aborted\\n');
  }
  override async teardown() {
    appendFileSync('ended.txt', 'torn down\\n');
  }
}
`;

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
  workspace.write('stages/wait.ts', WAIT);
});
afterEach(() => workspace.remove());

/** A chain of stages that write so much, each another value, but for the first; beside one that waits. */
function writeChain(bytes: number): void {
  const chain = Array.from({ length: STAGES }, (_, at) => {
    const needs = at === 0 ? '' : `, needs: [s${at - 1}]`;
    return `  s${at}: { uses: ./stages/note.ts, with: { bytes: ${at === 0 ? 1 : bytes + at} }${needs} }\n`;
  });
  workspace.write(
    'chain.yaml',
    `name: chain\nconcurrency: 2\nstages:\n  wait: { uses: ./stages/wait.ts }\n${chain.join('')}`,
  );
}

/**
 * A limit on the size of each file refuses writes as a full disk does, everywhere and without rights. Node takes the
 * refusal as an error, since it ignores SIGXFSZ.
 */
function withLimit(kib: number, command: string): Promise<Ended> {
  return workspace.shell(`ulimit -f ${kib}; exec $M ${command}`);
}

function succeeded({ stdout }: Ended): readonly string[] {
  return [...stdout.matchAll(/✔ (s\d+)/g)].map(([, stage = '']) => stage);
}

describe('a disk that is full in the middle of a run', () => {
  test.each([
    ['while the store grows', 300_000, 'the disk refuses what is written to the store'],
    ['while a large value is written', 1_300_000, 'EFBIG'],
  ])(
    '%s ends it after its stages, loses nothing that was told, and a resume does the rest',
    async (_when, bytes, reason) => {
      writeChain(bytes);
      const ended = await withLimit(1200, 'run chain.yaml');
      expectRefused(ended, 'STORE_WRITE_FAILED', workspace.path('.millrace/millrace.db'));
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain(reason);
      expect(workspace.lines('ended.txt')).toEqual(['aborted', 'torn down']);
      const told = succeeded(ended);
      expect(told.length).toBeLessThan(STAGES);
      const resume = /^ {2}resume: \S+ \S+ (resume .+)$/m.exec(ended.stderr)?.[1];
      workspace.write('freed', '');
      workspace.write('ran.txt', '');
      const resumed = await workspace.shell(`exec $M ${resume}`);
      expect(resumed).toMatchObject({ code: 0, stderr: '' });
      expect(workspace.lines('ran.txt').filter((stage) => told.includes(stage))).toEqual([]);
      expect(new Set([...told, ...workspace.lines('ran.txt')]).size).toBe(STAGES);
      const left = readdirSync(workspace.path('.millrace'), { recursive: true });
      expect(left.filter((name) => /tmp.|-wal|-shm|-journal/.test(String(name)))).toEqual([]);
    },
  );
});

test('a disk that is full at the start is told as such, and the run can be started again', async () => {
  writeChain(10);
  workspace.write('freed', '');
  for (const command of ['run chain.yaml', 'run chain.yaml']) {
    expectRefused(
      await withLimit(1, command),
      'STORE_WRITE_FAILED',
      workspace.path('.millrace/millrace.db'),
    );
  }
  expect(await withLimit(1, 'runs')).toMatchObject({ code: 0 });
  expect(await workspace.run(['resume'])).toMatchObject({ code: 2 });
  expect(workspace.lines('ran.txt')).toEqual([]);
  expect(await workspace.run(['run', 'chain.yaml'])).toMatchObject({ code: 0 });
  // Of the store that is closed nothing has to be written to be read.
  const listed = await withLimit(1, 'runs');
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.stdout).toContain('succeeded');
});

test('an events file that cannot grow does not stop the run, and is told at its end', async () => {
  writeChain(10);
  workspace.write('freed', '');
  workspace.write('events.jsonl', `${'x'.repeat(1_300_000)}\n`);
  const ended = await withLimit(1200, 'run chain.yaml --events events.jsonl');
  expect(succeeded(ended)).toHaveLength(STAGES);
  expect(ended.stdout).toContain('✔ succeeded');
  expectRefused(ended, 'EVENTS_UNWRITABLE', 'events.jsonl');
  expect(ended.code).toBe(1);
  expect(await workspace.run(['runs', '--status', 'succeeded'])).toMatchObject({
    stdout: expect.stringContaining('chain'),
  });
});

test('a log that cannot grow does not stop the run, and is told at its end', async () => {
  workspace.write(
    'fails.yaml',
    'name: fails\nstages: { only: { uses: ./stages/note.ts, with: { need: fixed } } }\n',
  );
  expect(await workspace.run(['run', 'fails.yaml'])).toMatchObject({ code: 1 });
  const [log = ''] = readdirSync(workspace.path('.millrace/logs'));
  appendFileSync(workspace.path(`.millrace/logs/${log}`), 'x'.repeat(1_300_000));
  workspace.write('fixed', '');
  const ended = await withLimit(1200, 'resume');
  expect(ended.stdout).toContain('✔ succeeded');
  expect(ended.stderr).toMatch(/error\[LOG_\w+\]: \d+ log lines were lost: .*\.log/);
  expectNoTrace(ended);
  expect(ended.code).toBe(1);
  rmSync(workspace.path('fixed'));
});
