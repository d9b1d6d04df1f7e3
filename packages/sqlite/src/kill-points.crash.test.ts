import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { openSqliteStore } from './open-sqlite-store.ts';
import { inTemporaryFolder } from './testing-local/temporary-folder.ts';

const HOOK = new URL('testing-local/source-packages.ts', import.meta.url).href;
const CHILD = fileURLToPath(new URL('testing-local/mortal-run.ts', import.meta.url));

interface Report {
  readonly status: string;
  readonly context: Readonly<Record<string, string>>;
  readonly points: readonly string[];
}

interface Session {
  /** Undefined when the process was killed. */
  readonly report: Report | undefined;
  /** Stages in the order in which they ran. */
  readonly executed: readonly string[];
}

function session(folder: string, number: number, killPoint?: string): Session {
  const executions = join(folder, `executions-${number}`);
  const args = [
    join(folder, 'millrace.db'),
    executions,
    ...(killPoint === undefined ? [] : [killPoint]),
  ];
  const child = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', HOOK, CHILD, ...args],
    { encoding: 'utf8' },
  );
  const executed = existsSync(executions)
    ? readFileSync(executions, 'utf8').split('\n').slice(0, -1)
    : [];
  if (child.signal === 'SIGKILL') return { report: undefined, executed };
  expect({ stderr: child.stderr, status: child.status }).toEqual({ stderr: '', status: 0 });
  return { report: JSON.parse(child.stdout) as Report, executed };
}

/** Stages whose success is on record. */
function committed(folder: string): readonly string[] {
  const store = openSqliteStore(join(folder, 'millrace.db'), { readOnly: true });
  const runs = store.listRuns({});
  const stages = runs.flatMap(({ id }) => [...store.loadStages(id)]);
  store.close();
  expect(runs.length).toBeLessThanOrEqual(1);
  return stages.filter(({ status }) => status === 'succeeded').map(({ stage }) => stage);
}

function expectTidy(folder: string): void {
  const database = readdirSync(folder).filter((name) => !name.startsWith('executions'));
  expect(database.sort()).toEqual(['millrace.db', 'millrace.db.artifacts']);
  const files = readdirSync(join(folder, 'millrace.db.artifacts'), { recursive: true });
  expect(files.filter((name) => String(name).startsWith(`tmp${sep}`))).toEqual([]);
}

/** An uninterrupted run: what every interrupted one must come to, and the writes it passes. */
async function uninterrupted(): Promise<Report> {
  let report: Report | undefined;
  await inTemporaryFolder((folder) => {
    report = session(folder, 0).report;
  });
  if (report === undefined) throw new TypeError('the run without a kill was killed');
  return report;
}

const whole = await uninterrupted();

/** How many commits a run groups its outcomes into is a matter of timing, so a late one may not come. */
function expectUnpassed(report: Report, point: string): void {
  expect(report.points).not.toContain(point);
  expect(report.context).toEqual(whole.context);
}

describe('a run that is killed at a named write and resumed', () => {
  it('passes writes of several kinds, so that there is something to kill', () => {
    expect(whole.status).toBe('degraded');
    // The run itself, and before and after at least two commits.
    expect(whole.points.length).toBeGreaterThanOrEqual(6);
    expect(whole.points).toContain('createRun#1:before');
  });

  it.each(whole.points)('ends as if nothing had happened after a kill at %s', async (point) => {
    await inTemporaryFolder((folder) => {
      const first = session(folder, 1, point);
      if (first.report !== undefined) return expectUnpassed(first.report, point);
      const kept = committed(folder);
      const second = session(folder, 2);
      expect(second.report?.status).toBe('degraded');
      expect(second.report?.context).toEqual(whole.context);
      // `broken` is tried again by a resume, and `total` depends on it; nothing else may run twice.
      const again = second.executed.filter((stage) => kept.includes(stage) && stage !== 'total');
      expect(again).toEqual([]);
      expectTidy(folder);
    });
  });

  it('comes to the same end when it is killed in session after session', async () => {
    await inTemporaryFolder((folder) => {
      let number = 0;
      for (const point of [
        'createRun#1:after',
        'commit#2:after',
        'commit#1:before',
        'commit#2:before',
      ]) {
        const { report } = session(folder, ++number, point);
        if (report !== undefined) return expectUnpassed(report, point);
      }
      const last = session(folder, ++number);
      expect(last.report?.context).toEqual(whole.context);
      expectTidy(folder);
    });
  });
});
