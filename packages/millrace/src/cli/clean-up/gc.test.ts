import { existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { APPROVAL, NAP, REVIEW } from '../session/testing-local/approval-config.ts';
import { GATED } from '../testing-local/configs.ts';
import { Workspace } from '../testing-local/workspace.ts';

// Each test starts several processes.

const PLAIN = `
name: plain
stages:
  one: { uses: ./stages/note.ts, with: { bytes: 2000000 } }
`;

const CACHED = `
name: cached
stages:
  one: { uses: ./stages/once.ts, cacheable: true }
  two: { uses: ./stages/note.ts, needs: [one] }
`;

const ONCE = `
import { PipelineStage } from 'millrace';

export default class Once extends PipelineStage {
  run() {
    return { told: ['by whoever ran first'] };
  }
}
`;

interface GcDocument {
  readonly deleted: number;
  /** Of a dry run, as `wouldRemove`. */
  readonly wouldDelete: number;
  readonly wouldRemove: { readonly values: number; readonly bytes: number };
  readonly kept: number;
  readonly removed: { readonly values: number; readonly bytes: number };
  readonly waiting: { readonly values: number };
  readonly logs: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly runs: readonly {
    readonly id: string;
    readonly status: string;
    readonly deleted: boolean;
    readonly wouldDelete: boolean;
    readonly reason?: { readonly kind: string };
  }[];
}

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

async function runOf(config: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await workspace.run(['run', config, ...args]);
  return /^run +(\S+)$/m.exec(stdout)?.[1] ?? '';
}

async function gcOf(...args: readonly string[]): Promise<GcDocument> {
  const { stdout, stderr, code } = await workspace.run(['gc', ...args, '--json']);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return JSON.parse(stdout) as GcDocument;
}

async function idsOf(): Promise<readonly string[]> {
  const { stdout } = await workspace.run(['runs', '--json']);
  return (JSON.parse(stdout) as { runs: { id: string }[] }).runs.map(({ id }) => id);
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(workspace.path(folder), { recursive: true, encoding: 'utf8' });
}

describe('gc', () => {
  test('does what a dry run told, deletes logs and values too, and makes the store smaller', async () => {
    workspace.write('plain.yaml', PLAIN);
    const [first, second] = [await runOf('plain.yaml'), await runOf('plain.yaml')];
    const third = await runOf('plain.yaml', '--set', 'stages.one.with.bytes=10');
    const told = await gcOf('--keep', '0', '--dry-run');
    expect(await idsOf()).toEqual([third, second, first]);
    expect(told).toMatchObject({ dryRun: true, wouldDelete: 2, kept: 1, logs: 0 });
    expect(JSON.stringify(told)).not.toMatch(/"deleted"|"removed"/);
    const done = await gcOf('--keep', '0');
    expect(done.runs.map(({ id, deleted }) => [id, deleted])).toEqual(
      told.runs.map(({ id, wouldDelete }) => [id, wouldDelete]),
    );
    expect(done.removed).toEqual(told.wouldRemove);
    expect(done.removed.bytes).toBeGreaterThan(2_000_000);
    expect(done).toMatchObject({ deleted: 2, logs: 2, waiting: { values: 0 } });
    expect(done.bytesAfter).toBeLessThan(done.bytesBefore - 2_000_000);
    expect(await idsOf()).toEqual([third]);
    expect(filesOf('.millrace/logs')).toEqual([`${third}.log`]);
    const files = filesOf('.millrace/millrace.db.artifacts').filter((name) => name.length > 60);
    expect(files).toEqual([]);
    const shown = await workspace.run(['show', third, '--context', 'one']);
    expect(shown).toMatchObject({ code: 0, stdout: "'xxxxxxxxxx'\n" });
    expect(await gcOf('--keep', '0')).toMatchObject({ deleted: 0, removed: { values: 0 } });
  });

  test('tells people why each run is kept', async () => {
    workspace.write('plain.yaml', PLAIN);
    workspace.write('failing.yaml', PLAIN.replace('bytes: 2000000', 'need: nothing'));
    await runOf('plain.yaml');
    const last = await runOf('plain.yaml');
    await workspace.run(['run', 'failing.yaml']);
    const { stdout } = await workspace.run(['gc', '--keep', '0', '--dry-run']);
    expect(stdout).toMatch(/ failed .* kept: could be resumed; --unfinished lets it go\n/);
    expect(stdout).toMatch(new RegExp(`\\n${last} .* kept: the last of its pipeline`));
    expect(stdout).toMatch(/ succeeded .* goes\n/);
    expect(stdout).toMatch(/\nwould delete 1 run of 3, and \d+ values? \(.*\) to which nothing/);
  });

  test('keeps a run that another process executes, and all that it needs', async () => {
    workspace.write('gated.yaml', GATED);
    const going = workspace.start(['run', 'gated.yaml']);
    await going.until(/✔ first/);
    const document = await gcOf('--keep', '0', '--unfinished', '--older-than', '0s');
    expect(document.runs.map(({ deleted, reason }) => [deleted, reason?.kind])).toEqual([
      [false, 'live'],
    ]);
    for (const more of [[], ['--dry-run']]) {
      const refused = await workspace.run(['gc', '--delete-run', 'latest', ...more]);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toMatch(
        new RegExp(
          `error\\[RUN_HELD\\]: run \\S+ cannot .* executed by process ${going.child.pid}`,
        ),
      );
    }
    workspace.write('open', '');
    const { code } = await going.ended;
    expect(code).toBe(0);
  });

  test('keeps a run that waits for an answer until it is asked for', async () => {
    workspace.write('approval.yaml', APPROVAL);
    workspace.write('stages/review.ts', REVIEW);
    workspace.write('stages/nap.ts', NAP);
    const waiting = await runOf('approval.yaml', '--detach-waits');
    const told = await workspace.run(['gc', '--keep', '0', '--unfinished', '--dry-run']);
    expect(told.stdout).toMatch(/ waiting .* kept: waits for an answer or a time; --waiting lets/);
    expect((await gcOf('--keep', '0', '--unfinished')).deleted).toBe(0);
    const kept = await gcOf('--keep', '0', '--waiting', '--keep-status', 'waiting');
    expect(kept.runs).toMatchObject([{ id: waiting, status: 'waiting', deleted: false }]);
    expect((await gcOf('--keep', '0', '--waiting')).deleted).toBe(1);
  });

  test('tells of a pipeline that it was given and that has no run', async () => {
    workspace.write('plain.yaml', PLAIN);
    await runOf('plain.yaml');
    const { code, stderr } = await workspace.run(['gc', '--pipeline', 'plian']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: \S+ has no run of pipeline "plian"; did you mean "plain"\?\n$/);
  });

  test('keeps what a run has taken over from one that is gone, and blame says that it is', async () => {
    workspace.write('stages/once.ts', ONCE);
    workspace.write('cached.yaml', CACHED);
    const first = await runOf('cached.yaml');
    const second = await runOf('cached.yaml');
    expect((await gcOf('--delete-run', first)).deleted).toBe(1);
    const shown = await workspace.run(['show', second, '--context', 'told']);
    expect(shown).toMatchObject({ code: 0, stdout: "[ 'by whoever ran first' ]\n" });
    const { stdout } = await workspace.run(['blame', 'told', second]);
    expect(stdout).toContain(`from run ${first}: attempt 1, no longer on record`);
    const gone = await workspace.run(['diff', first, second]);
    expect(gone).toMatchObject({ code: 2, stderr: expect.stringContaining(first) });
    // What it took over is found by the next run, in its place.
    const third = await workspace.run(['run', 'cached.yaml']);
    expect(third.stdout).toContain(`one  kept: run ${second} had the same inputs`);
  });

  test('that is killed is finished by the next one', async () => {
    workspace.write('plain.yaml', PLAIN);
    await runOf('plain.yaml');
    await runOf('plain.yaml');
    const last = await runOf('plain.yaml', '--set', 'stages.one.with.bytes=10');
    const killed = await workspace.run(['gc', '--keep', '0'], {
      MILLRACE_CRASH_AT: 'after:deleteRun#1',
    });
    expect(killed.signal).toBe('SIGKILL');
    expect(await idsOf()).toHaveLength(2);
    const done = await gcOf('--keep', '0');
    expect(done).toMatchObject({ deleted: 1, waiting: { values: 0 } });
    expect(done.removed.bytes).toBeGreaterThan(2_000_000);
    expect(await idsOf()).toEqual([last]);
  });

  test('refuses what it does not understand, and makes no store', async () => {
    for (const [args, code] of [
      [['--older-than', '5'], 'USAGE'],
      [['--keep-status', 'faild'], 'USAGE'],
      [['--keep', '-1'], 'USAGE'],
      [['--delete-run', 'latest', '--keep', '3'], 'USAGE'],
      [['--store', 'sqlite:none.db'], 'STORE_MISSING'],
    ] as const) {
      const refused = await workspace.run(['gc', ...args]);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(`error[${code}]`);
    }
    expect(existsSync(workspace.path('none.db'))).toBe(false);
    expect(existsSync(workspace.path('.millrace'))).toBe(false);
  });
});
