import { rmSync, statSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { RANK_STAGES, RANKING } from './testing-local/capsules.ts';
import { GATED, TOTAL } from './testing-local/configs.ts';
import { type Ended, Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

const SECRET = { TOKEN: 'hunter2hunter2' };

let workspace: Workspace;
let runId: string;

beforeAll(async () => {
  workspace = new Workspace();
  workspace.write('stages/rank.ts', RANK_STAGES);
  workspace.write('millrace.config.yaml', RANKING);
  const ended = await workspace.run(['run'], SECRET);
  runId = /^run +(\S+)$/m.exec(ended.stdout)?.[1] ?? '';
  await workspace.run(['capsule', '--out', 'rank.json'], SECRET);
});
afterAll(() => workspace.remove());
beforeEach(() => {
  workspace.write('ran.txt', '');
  workspace.write('stages/rank.ts', RANK_STAGES);
});

function refused({ code, stdout, stderr }: Ended): string {
  expect([code, stdout]).toEqual([2, '']);
  expect(workspace.lines('ran.txt')).toEqual([]);
  return stderr;
}

describe('capsule', () => {
  test('of nothing named is of what failed first in the newest run, without its secrets', async () => {
    const ended = await workspace.run(['capsule'], SECRET);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const file = `${runId}-rank.capsule.json`;
    expect(ended.stdout).toMatch(
      new RegExp(
        `^capsule +${file} \\(\\S+ kB\\)\\nrun +${runId}\\nstage +rank, attempt 1, failed\\nholds +2 inputs, params: 3 values\\nsecrets +with\\.token\\n`,
      ),
    );
    expect(ended.stdout).toMatch(/STAGE_THREW: window 3, token \[secret\]\n/);
    expect(ended.stdout).toMatch(new RegExp(`\\nreplay: .+ replay ${file}\\n$`));
    const text = workspace.read(file);
    expect(text).not.toContain(SECRET.TOKEN);
    expect(text).not.toContain(JSON.stringify(workspace.folder).slice(1, -1).concat('/millrace'));
    expect(JSON.parse(text)).toMatchObject({ config: 'millrace.config.yaml', stage: 'rank' });
    expect(statSync(workspace.path(file)).mode & 0o777).toBe(0o600);
    rmSync(workspace.path(file));
  });

  test('replaces a file only when it is told to', async () => {
    workspace.write('notes.json', 'mine');
    const args = ['capsule', 'rank', '--out', 'notes.json'];
    expect(refused(await workspace.run(args, SECRET))).toContain('CAPSULE_EXISTS');
    expect(workspace.read('notes.json')).toBe('mine');
    expect(await workspace.run([...args, '--force'], SECRET)).toMatchObject({ code: 0 });
    expect(JSON.parse(workspace.read('notes.json'))).toMatchObject({ stage: 'rank' });
  });

  test('of a stage that succeeded is told as JSON', async () => {
    const args = ['capsule', runId, 'load', '--out', 'load.json', '--json'];
    const { stdout, stderr } = await workspace.run(args, SECRET);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'load.json',
      run: runId,
      stage: 'load',
      attempt: 1,
      status: 'succeeded',
      inputs: [],
      notes: [],
    });
  });

  test.each([
    [['capsule', 'late'], /error\[STAGE_NOT_STARTED\]: stage "late" .* it needs "rank"/],
    [['capsule', 'rnk'], /error\[STAGE_UNKNOWN\].*\n.*did you mean "rank"\?/],
    [['capsule', 'rank', '--attempt', '4'], /error\[CAPSULE_ATTEMPT_UNKNOWN\].*it has 1\n/],
    [['capsule', 'none', 'rank'], /error\[RUN_NOT_FOUND\]/],
    [['capsule', 'rank', '--out', 'none/x.json'], /error\[FILE_UNWRITABLE\]/],
    [
      ['capsule', 'rank', '--out', 'package.json'],
      /error\[CAPSULE_EXISTS\]: \S+package\.json is there .*\n.*--force/,
    ],
  ])('%j exits with 2 and says why', async (args, why) => {
    expect(refused(await workspace.run(args, SECRET))).toMatch(why);
  });
});

describe('capsule in a workspace of its own', () => {
  let fresh: Workspace;

  beforeEach(() => {
    fresh = new Workspace();
    fresh.write('stages/rank.ts', RANK_STAGES);
    fresh.write('stages/total.ts', TOTAL);
  });
  afterEach(() => fresh.remove());

  test('leaves out a value that holds a secret by now, and names it', async () => {
    fresh.write(
      'millrace.config.yaml',
      `name: late
context: { prices: [904817], scale: 1 }
stages:
  total: { uses: ./stages/total.ts, with: { key: "\${secret:KEY}" } }
`,
    );
    await fresh.run(['run'], { KEY: 'another' });
    const secret = { KEY: '904817' };
    const { stdout } = await fresh.run(['capsule', '--out', 'total.json'], secret);
    expect(stdout).toContain('note: left out, since it holds a secret: "prices"\n');
    expect(fresh.read('total.json')).not.toContain('904817');
    const lacking = await fresh.run(['replay', 'total.json'], secret);
    expect(lacking.code).toBe(2);
    expect(lacking.stderr).toMatch(/CAPSULE_INPUT_MISSING.*"prices".*\n.*--input prices=VALUE/);
    fresh.write('fixed', '');
    const given = await fresh.run(['replay', 'total.json', '--input', 'prices=[1]'], secret);
    expect(given.code).toBe(0);
  });

  test('is of the stage that a kill ended, when none failed', async () => {
    fresh.write('gated.yaml', GATED);
    const going = fresh.start(['run', 'gated.yaml']);
    await going.until(/▶ middle/);
    going.child.kill('SIGKILL');
    await going.ended;
    fresh.write('open', '');
    const made = await fresh.run(['capsule', '--out', 'middle.json']);
    expect(made.stdout).toMatch(/\nstage +middle, attempt 1, (?:running|lost)\n/);
    const replayed = await fresh.run(['replay', 'middle.json', '--json']);
    expect(JSON.parse(replayed.stdout)).toMatchObject({ verdict: 'succeeded' });
    await fresh.run(['resume']);
    const none = await fresh.run(['capsule', 'latest']);
    expect(none.stderr).toMatch(/error\[NO_FAILED_STAGE\]/);
  });
});

describe('replay', () => {
  test('fails as recorded, with the secret from the environment and nothing stored', async () => {
    const ended = await workspace.run(['replay', 'rank.json'], SECRET);
    expect(ended).toMatchObject({ code: 1, stderr: '' });
    expect(ended.stdout).toMatch(/\nchanged +nothing\n\n✖ rank failed after \S+: the same failure/);
    expect(ended.stdout).not.toContain(SECRET.TOKEN);
    expect(workspace.lines('ran.txt')).toEqual([`rank ${SECRET.TOKEN} 0`]);
    const { stdout } = await workspace.run(['runs', '--json']);
    expect(JSON.parse(stdout).runs).toHaveLength(1);
  });

  test('succeeds with another param, and with a mended stage, and tells which file changed', async () => {
    const args = ['replay', 'rank.json', '--with', 'window=2'];
    expect(await workspace.run(args, SECRET)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/✔ rank succeeded after \S+: it had failed\n$/),
    });
    workspace.write('stages/rank.ts', RANK_STAGES.replace('window > 2', 'window > 3'));
    const mended = await workspace.run(['replay', 'rank.json'], SECRET);
    expect(mended.code).toBe(0);
    expect(mended.stdout).toMatch(/\nchanged +code: stages\/rank\.ts changed\n/);
  });

  test('refuses a param that the stage does not have', async () => {
    const ended = await workspace.run(['replay', 'rank.json', '--with', 'windw=2'], SECRET);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/PARAMS_INVALID\].* no param "windw"\n.*did you mean "window"/);
    expect(workspace.lines('ran.txt')).toEqual([]);
  });

  test('runs anywhere with the class alone', async () => {
    const elsewhere = new Workspace();
    elsewhere.write('rank.json', workspace.read('rank.json'));
    elsewhere.write('lib/rank.ts', RANK_STAGES);
    const lost = await elsewhere.run(['replay', 'rank.json'], SECRET);
    expect(lost.stderr).toMatch(/error\[CAPSULE_WITHOUT_CONFIG\].*\n.*\.\/stages\/rank\.ts#Rank/);
    const args = ['replay', 'rank.json', '--uses', 'lib/rank.ts#Rank'];
    const { code, stdout } = await elsewhere.run(args, SECRET);
    expect([code, elsewhere.lines('ran.txt')]).toEqual([1, [`rank ${SECRET.TOKEN} 0`]]);
    expect(stdout).toMatch(/✖ rank failed after \S+: the same failure/);
    expect(stdout).not.toContain(SECRET.TOKEN);
    expect(await elsewhere.run(args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('error[SECRET_MISSING]: with.token of stage "rank"'),
    });
    const other = await elsewhere.run(['replay', 'rank.json', '--uses', 'lib/rank.ts#Rnk'], SECRET);
    expect(other.stderr).toMatch(/error\[STAGE_IMPORT_FAILED\].*\n.*did you mean "Rank"\?/);
    elsewhere.remove();
  });

  test('tells where an output differs, also to programs', async () => {
    await workspace.run(['capsule', 'draw', '--out', 'draw.json'], SECRET);
    const { code, stdout } = await workspace.run(['replay', 'draw.json'], SECRET);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /something else than recorded\n +✖ chance: differs\n +~ at\[1\]: \S+ -> /,
    );
    const json = await workspace.run(['replay', 'draw.json', '--json'], SECRET);
    expect(JSON.parse(json.stdout)).toMatchObject({
      outcome: 'succeeded',
      verdict: 'other-outputs',
      changed: [],
      outputs: [{ name: 'chance', verdict: 'differs', changes: { first: [{ path: ['at', 1] }] } }],
    });
  });

  test('ends at a signal, after its teardown', async () => {
    const args = ['replay', 'rank.json', '--input', 'prices=[]', '--with', 'window=1'];
    const going = workspace.start(args, SECRET);
    await going.until(/waiting/);
    going.child.kill('SIGINT');
    const { code, stdout } = await going.ended;
    expect([code, stdout]).toEqual([130, expect.stringMatching(/■ rank cancelled after/)]);
  });

  test('refuses a file that is damaged, cut off or no capsule, and executes nothing of it', async () => {
    const text = workspace.read('rank.json');
    workspace.write('bad.json', text.replace('"rank"', '"rnak"'));
    workspace.write('cut.json', text.slice(0, -40));
    workspace.write('new.json', text.replace('"version": 1', '"version": 2'));
    const fault = async (file: string): Promise<string> =>
      refused(await workspace.run(['replay', file], SECRET));
    expect(await fault('bad.json')).toMatch(/CAPSULE_INVALID\]: bad\.json .*checksum/);
    expect(await fault('cut.json')).toMatch(/CAPSULE_INVALID\]: cut\.json .*no JSON/);
    expect(await fault('new.json')).toMatch(/CAPSULE_NEWER\]: new\.json .*version 2/);
    expect(await fault('none.json')).toMatch(/CAPSULE_UNREADABLE/);
    expect(await fault('package.json')).toMatch(/CAPSULE_INVALID/);
  });
});

describe('replay --inspect', () => {
  const ARGS = ['replay', 'rank.json', '--inspect', '--inspect-port', '0'];

  test('waits for a debugger, and breaks before the constructor of the stage', async () => {
    const going = workspace.start(ARGS, SECRET);
    let url = '';
    going.child.stderr?.on('data', (text: string) => {
      url ||= /ws:\/\/\S+/.exec(text)?.[0] ?? '';
    });
    await going.until(/Debugger listening on ws:/);
    expect(workspace.lines('ran.txt')).toEqual([]);
    expect(await breakIn(url)).toBe('Rank');
    expect(await going.ended).toMatchObject({ code: 1, signal: null });
    expect(workspace.lines('ran.txt')).toHaveLength(1);
  });

  test('is ended by a signal while it waits', async () => {
    const going = workspace.start(ARGS, SECRET);
    await going.until(/Debugger listening on ws:/);
    going.child.kill('SIGINT');
    expect(await going.ended).toMatchObject({ code: null, signal: 'SIGINT' });
    expect(workspace.lines('ran.txt')).toEqual([]);
  });

  test('tells that its port is taken', async () => {
    const first = workspace.start(ARGS, SECRET);
    let port = '';
    first.child.stderr?.on('data', (text: string) => {
      port ||= /127\.0\.0\.1:(\d+)/.exec(text)?.[1] ?? '';
    });
    await first.until(/Debugger listening on ws:/);
    const second = await workspace.run(
      ['replay', 'rank.json', '--inspect', '--inspect-port', port],
      SECRET,
    );
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(
      `error[INSPECTOR_UNAVAILABLE]: the inspector cannot listen on 127.0.0.1:${port}`,
    );
    first.child.kill();
    await first.ended;
  });
});

/** Attaches a debugger, lets the process go on, and gives the function in which it breaks. */
function breakIn(url: string): Promise<string> {
  const socket = new WebSocket(url);
  const send = (id: number, method: string): void => socket.send(JSON.stringify({ id, method }));
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error(`no debugger can attach to ${url}`)));
    socket.addEventListener('open', () => {
      send(1, 'Runtime.enable');
      send(2, 'Debugger.enable');
      send(3, 'Runtime.runIfWaitingForDebugger');
    });
    socket.addEventListener('message', ({ data }) => {
      const { method, params } = JSON.parse(String(data));
      // Stays until the end, as debuggers do: one that leaves a paused Node makes it crash now and then.
      if (method === 'Runtime.executionContextDestroyed') socket.close();
      if (method !== 'Debugger.paused') return;
      send(4, 'Debugger.resume');
      resolve(params.callFrames[0].functionName);
    });
  });
}

describe('verify --sample', () => {
  test('tells which outcomes come out otherwise, and exits with 1', async () => {
    const { code, stdout } = await workspace.run(['verify', '--sample'], SECRET);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^✔ load: the same after \S+\n✖ draw: differs after \S+\n +✖ chance: differs\n +~ at\[1\]: .*\n\n✖ 2 of 2 outcomes of run \S+ made once more, seed 1: 1 the same, 1 other\n$/,
    );
    const { stdout: listed } = await workspace.run(['runs', '--json']);
    expect(JSON.parse(listed).runs).toHaveLength(1);
  });

  test('draws the same stages for the same seed', async () => {
    const sample = async (seed: string): Promise<unknown> => {
      const args = ['verify', 'millrace.config.yaml', runId, '--sample', '50%', '--seed', seed];
      const { stdout } = await workspace.run([...args, '--json'], SECRET);
      const { of, stages } = JSON.parse(stdout);
      return [of, stages.map(({ stage }: { stage: string }) => stage)];
    };
    expect([await sample('1'), await sample('7'), await sample('7')]).toEqual([
      [2, ['load']],
      [2, ['draw']],
      [2, ['draw']],
    ]);
  });

  test('cannot tell of a stage whose code changed, and says so', async () => {
    workspace.write('stages/rank.ts', `${RANK_STAGES}export const more = 1;\n`);
    const { code, stdout } = await workspace.run(['verify', '--sample'], SECRET);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\? load: cannot be told: since then code: stages\/rank\.ts changed\n/);
    expect(workspace.lines('ran.txt')).toEqual([]);
  });

  test.each([
    [['verify', '--sample', 'some'], /error\[USAGE\]: --sample: "some" is no number/],
    [['verify', 'millrace.config.yaml', 'latest'], /a stored run only with --sample/],
    [['verify', '--sample', '--points', '3'], /cannot be used with option '--points/],
  ])('%j is refused', async (args, why) => {
    expect(refused(await workspace.run(args, SECRET))).toMatch(why);
  });
});
