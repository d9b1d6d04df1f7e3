import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StartedProcesses } from './session/testing-local/started-processes.ts';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

const DAILY = `
name: daily
params: { at: "\${env:MILLRACE_SCHEDULED_AT:-never}", need: "" }
stages:
  load: { uses: ./stages/note.ts, with: { say: "at \${at}" } }
  score: { uses: ./stages/note.ts, needs: [load], with: { need: ready } }
`;

const GATED = `
name: gated
stages:
  first: { uses: ./stages/note.ts, with: { gate: open } }
`;

const EACH_SECOND = ['--cron', '* * * * * *'];
const HOURLY = ['--cron', '0 * * * *', '--tz', 'UTC'];

let workspace: Workspace;
let processes: StartedProcesses;

beforeEach(() => {
  workspace = new Workspace('schedule');
  processes = new StartedProcesses(workspace);
  workspace.write('daily.yaml', DAILY);
  workspace.write('gated.yaml', GATED);
});
afterEach(async () => {
  await processes.kill();
  workspace.remove();
});

async function listed(): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { stdout } = await workspace.run(['runs', '--json']);
  return JSON.parse(stdout).runs;
}

/** As if the schedule had last been looked after so long ago. */
function setBack(ms: number): void {
  const folder = workspace.path('.millrace/millrace.db.schedules');
  const [name = ''] = readdirSync(folder);
  const state = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  writeFileSync(join(folder, name), JSON.stringify({ ...state, handledMs: state.handledMs - ms }));
}

describe('millrace schedule', () => {
  test('shows the next times and does nothing', async () => {
    const words = ['schedule', 'daily.yaml', '--cron', '0 6 * * 1-5', '--tz', 'Europe/Berlin'];
    const shown = await workspace.run([...words, '--dry-run']);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/^(?:\d{4}-\d\d-\d\d 06:00:00 {2}\S+T0[45]:00:00.000Z\n){5}$/);
    const json = await workspace.run([...words, '--dry-run', '--count', '2', '--json']);
    expect(JSON.parse(json.stdout).times).toHaveLength(2);
    expect(workspace.read('ran.txt')).toBe('');
  });

  test.each([
    [['--cron', '61 * * * *'], 'error[SCHEDULE_INVALID]: the schedule "61 * * * *" cannot be used'],
    [[...HOURLY.slice(0, 2), '--tz', 'Mars/Olympus'], 'there is no such time zone'],
    [[...HOURLY, '--until', 'soon'], '--until: "soon" is no time and no duration'],
    [[...HOURLY, '--until', '2020-01-01'], '--until: "2020-01-01" is past already'],
    [[...HOURLY, '--store', 'memory'], 'a schedule needs a store on disk'],
    [[...HOURLY, '--', '--store', 'memory'], '--store belongs to the schedule'],
    [[...HOURLY, '--', '--select', 'scroe'], 'SELECTION_UNKNOWN'],
  ])('refuses %j', async (words, message) => {
    const { code, stderr } = await workspace.run(['schedule', 'daily.yaml', ...words]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(await listed()).toEqual([]);
  });

  test('starts runs that know their time, with the flags of run', async () => {
    workspace.write('ready', '');
    const words = ['schedule', 'daily.yaml', ...EACH_SECOND, '--count', '2', '--overlap', 'queue'];
    const ended = await workspace.run([...words, '--', '--concurrency', '1']);
    expect(ended).toMatchObject({ code: 0 });
    const runs = await listed();
    expect(runs).toMatchObject([{ status: 'succeeded' }, { status: 'succeeded' }]);
    for (const { scheduledAt, id } of runs) {
      expect(ended.stdout).toContain(`at ${new Date(Number(scheduledAt)).toISOString()}`);
      const stamp = new Date(Number(scheduledAt)).toISOString().replaceAll(/[-:]/g, '');
      expect(String(id).startsWith(`${stamp.slice(0, 8)}-${stamp.slice(9, 15)}`)).toBe(true);
    }
    const { stdout } = await workspace.run(['show']);
    expect(stdout).toMatch(/^scheduled \d{4}-/m);
  });

  test('goes on after a run that failed, which a resume continues with its time', async () => {
    const words = ['schedule', 'daily.yaml', ...EACH_SECOND, '--count', '1'];
    const ended = await workspace.run(words);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stdout).toMatch(/schedule: \S+ \S+: ended with exit code 1\n/);
    workspace.write('ready', '');
    expect(await workspace.run(['resume'])).toMatchObject({ code: 0 });
    expect(workspace.lines('ran.txt')).toEqual(['load', 'score', 'score']);
  });

  test('makes up for missed times once, as it is told', async () => {
    workspace.write('ready', '');
    const words = ['schedule', 'daily.yaml', ...HOURLY, '--until', '1ms'];
    expect(await workspace.run(words)).toMatchObject({ code: 0 });
    expect(await listed()).toEqual([]);
    setBack(3 * 3_600_000);
    const skipped = await workspace.run(words);
    expect(skipped.stdout).toContain('were missed, and no run is started');
    setBack(3 * 3_600_000);
    const made = await workspace.run([...words, '--missed', 'run-once', '--json']);
    expect(made).toMatchObject({ code: 0 });
    const [run, ...others] = await listed();
    expect(others).toEqual([]);
    expect(Number(run?.scheduledAt) % 3_600_000).toBe(0);
    expect(await workspace.run([...words, '--missed', 'run-once'])).toMatchObject({ code: 0 });
    // Also when its state was lost with the machine: the run of that time is there.
    setBack(3 * 3_600_000);
    const again = await workspace.run([...words, '--missed', 'run-once']);
    expect(again.stdout).toContain('another scheduler has started its run');
    expect(await listed()).toHaveLength(1);
  });
});

describe('a scheduler that is ended', () => {
  test('by SIGTERM waits for the run that it started', async () => {
    const scheduler = processes.start('schedule', 'gated.yaml', ...EACH_SECOND);
    await scheduler.until(/▶ first/);
    scheduler.child.kill('SIGTERM');
    await scheduler.until(/SIGTERM: waiting for what runs/);
    workspace.write('open', '');
    expect(await scheduler.ended).toMatchObject({ code: 0 });
    expect(await listed()).toMatchObject([{ status: 'succeeded' }]);
  });

  test('by a second SIGTERM, or as it is told, cancels it', async () => {
    const words = ['schedule', 'gated.yaml', ...EACH_SECOND, '--on-stop', 'cancel'];
    const scheduler = processes.start(...words);
    await scheduler.until(/▶ first/);
    scheduler.child.kill('SIGTERM');
    expect(await scheduler.ended).toMatchObject({ code: 0 });
    expect(await listed()).toMatchObject([{ status: 'cancelled' }]);
  });

  test('by SIGKILL leaves a run that goes on, and the next one starts none beside it', async () => {
    const first = processes.start('schedule', 'gated.yaml', ...EACH_SECOND);
    await first.until(/▶ first/);
    first.child.kill('SIGKILL');
    const second = processes.start('schedule', 'gated.yaml', ...EACH_SECOND);
    await second.until(/skipped, the run before it is still executed/);
    expect(await listed()).toMatchObject([{ status: 'running' }]);
    second.child.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0 });
    workspace.write('open', '');
    // It follows the run to its end.
    await workspace.run(['resume']);
    expect(await listed()).toMatchObject([{ status: 'succeeded' }]);
    await first.ended;
  });
});
