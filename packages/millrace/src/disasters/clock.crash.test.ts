import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FIXABLE } from '../cli/testing-local/configs.ts';
import { type Ended, Workspace } from '../cli/testing-local/workspace.ts';
import { readStoredRun } from '../cli/verify/stored-run.ts';

// Each test starts several processes.

const YEAR_MS = 365 * 86_400_000;
const HOUR_MS = 3_600_000;

/** Shifts the wall clock of the process, and moves it on by a step with each look. The monotonic one goes on as it is. */
const SHIFT = `
const shift = Number(process.env.SHIFT_MS ?? 0);
const step = Number(process.env.STEP_MS ?? 0);
const Real = Date;
let looks = 0;
const now = () => Real.now() + shift + looks++ * step;
globalThis.Date = class extends Real {
  constructor(...parts) { super(...(parts.length === 0 ? [now()] : parts)); }
  static now() { return now(); }
};
`;

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
  workspace.write('shift.mjs', SHIFT);
  workspace.write('fixable.pipeline.yaml', FIXABLE);
});
afterEach(() => workspace.remove());

function at(shiftMs: number, stepMs: number, ...args: readonly string[]): Promise<Ended> {
  return workspace.run(args, {
    NODE_OPTIONS: '--import ./shift.mjs',
    SHIFT_MS: String(shiftMs),
    STEP_MS: String(stepMs),
  });
}

/** A session takes well under a minute, whatever the wall clock says. */
async function expectSoundRun(): Promise<void> {
  const run = await readStoredRun(workspace.path('.millrace/millrace.db'));
  const events = run?.events ?? [];
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, place) => place + 1));
  const durations = events.flatMap((event) => ('durationMs' in event ? [event.durationMs] : []));
  expect(durations.length).toBeGreaterThan(0);
  expect(durations.every((ms) => ms >= 0 && ms < 60_000)).toBe(true);
}

test.each([
  ['goes back by a year', -YEAR_MS],
  ['leaps on by a year', YEAR_MS],
])(
  'a clock that %s between sessions changes neither what is kept nor how long it took',
  async (_how, shiftMs) => {
    await at(0, 0, 'run', 'fixable.pipeline.yaml');
    expect((await at(shiftMs, 0, 'resume')).code).toBe(1);
    await expectSoundRun();
    workspace.write('fixed', '');
    const resumed = await at(0, 0, 'resume');
    expect(resumed).toMatchObject({ code: 0, stderr: '' });
    expect(resumed.stdout).toContain('2 kept, 2 succeeded');
    await expectSoundRun();
  },
);

test.each([
  ['back', -HOUR_MS],
  ['on', HOUR_MS],
])('a clock that is set %s again and again during a run disturbs nothing', async (_how, stepMs) => {
  workspace.write('fixed', '');
  const ended = await at(0, stepMs, 'run', 'fixable.pipeline.yaml');
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  await expectSoundRun();
});

test('a killed owner is taken over at once, whatever the clock says, and nothing counts between two sessions', async () => {
  const killedAt = { MILLRACE_CRASH_AT: 'after:stage.started:sum#1' };
  const killed = await workspace.run(['run', 'fixable.pipeline.yaml'], killedAt);
  expect(killed.signal).toBe('SIGKILL');
  const again = await workspace.run(['resume'], {
    NODE_OPTIONS: '--import ./shift.mjs',
    SHIFT_MS: String(YEAR_MS),
    MILLRACE_CRASH_AT: 'after:stage.started:sum#2',
  });
  expect(again.signal).toBe('SIGKILL');
  workspace.write('fixed', '');
  const resumed = await at(-YEAR_MS, 0, 'resume');
  expect(resumed.code).toBe(0);
  expect(resumed.stdout).toContain('kept: ');
  await expectSoundRun();
});

test('runs are listed, and the latest is chosen, by the clock of their start, and each by its id', async () => {
  await at(0, 0, 'run', 'fixable.pipeline.yaml');
  const earlier = await at(-YEAR_MS, 0, 'run', 'fixable.pipeline.yaml');
  const id = /^run +(\S+)$/m.exec(earlier.stdout)?.[1] ?? '';
  const listed = await workspace.run(['runs']);
  expect(listed.stdout.trimEnd().split('\n')).toHaveLength(3);
  expect(listed.stdout.trimEnd().split('\n').at(-1)).toContain(id);
  const latest = await workspace.run(['show']);
  expect(latest.stdout).not.toContain(id);
  expect((await workspace.run(['show', id])).stdout).toContain(id);
  workspace.write('fixed', '');
  expect(await workspace.run(['resume', id])).toMatchObject({ code: 0, stderr: '' });
});
