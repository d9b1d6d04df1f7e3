import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LOOK_STAGES, LOOKED_AT } from './testing-local/look-back.ts';
import { type Ended, Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let workspace: Workspace;
/** Two that succeeded, of which the second has a changed param. */
let first: string;
let second: string;

beforeAll(async () => {
  workspace = new Workspace();
  workspace.write('stages/look.ts', LOOK_STAGES);
  workspace.write('look.yaml', LOOKED_AT);
  workspace.write('even', '');
  first = await runOf('look.yaml');
  second = await runOf('look.yaml', '--set', 'stages.load.with.shift=5');
});
afterAll(() => workspace.remove());

async function runOf(...args: readonly string[]): Promise<string> {
  const ended = await workspace.run(['run', ...args]);
  return /^run +(\S+)$/m.exec(ended.stdout)?.[1] ?? '';
}

async function documentOf(...args: readonly string[]): Promise<unknown> {
  const ended = await workspace.run([...args, '--json']);
  expect(ended.stderr).toBe('');
  return JSON.parse(ended.stdout);
}

function refused({ code, stdout, stderr }: Ended): string {
  expect([code, stdout]).toEqual([2, '']);
  return stderr;
}

describe('blame', () => {
  test('tells each writer of a key with what it changed', async () => {
    const { code, stdout } = await workspace.run(['blame', 'symbols', first]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^key +symbols\nrun +\S+\npipeline +looked-at\n\nload, attempt 1, .+\n {2}\[ 'AAA', 'BBB' \]\n\nrename, attempt 1, .+\n {2}\[ 'ACME', 'BBB', 'NEW' \]\n {2}~ \[0\]: 'AAA' -> 'ACME'\n {2}\+ \[2\]: 'NEW'\n$/,
    );
  });

  test('tells of the newest run by default, and where a value of the initial context came from', async () => {
    const { stdout } = await workspace.run(['blame', 'day']);
    expect(stdout).toContain(second);
    expect(stdout).toMatch(/initial context, from the config\n {2}'monday'\n$/);
  });

  test('has a form for programs', async () => {
    expect(await documentOf('blame', 'symbols', first)).toMatchObject({
      run: first,
      key: 'symbols',
      writes: [
        { writer: { kind: 'stage', stage: 'load' }, value: ['AAA', 'BBB'] },
        {
          writer: { stage: 'rename', attempt: 1, session: 1 },
          kind: 'patch',
          changes: { count: 2, first: [{ kind: 'changed', path: [0] }, { kind: 'added' }] },
        },
      ],
    });
  });

  test('of an unknown key suggests the nearest one', async () => {
    const ended = await workspace.run(['blame', 'symbol']);
    expect(refused(ended)).toMatch(/error\[CONTEXT_KEY_UNKNOWN\].*\n.*did you mean "symbols"\?/);
  });
});

describe('diff', () => {
  test('of a run and the one before it tells causes, consequences and values, and exits with 1', async () => {
    const { code, stdout } = await workspace.run(['diff']);
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^before +${first} .*\\nafter +${second} `));
    expect(stdout).toMatch(/\nload +succeeded .* with\.shift 0 -> 5\n/);
    expect(stdout).toMatch(/\nrank +succeeded .* read another prices \(by load\)\n/);
    expect(stdout).toMatch(/\nbest: by rank\n {2}~ price: 101 -> 106\n/);
    expect(stdout).toMatch(/\nprices: by load\n {2}~ \[1\]: 101 -> 106\n/);
    expect(stdout).toMatch(/\n2 stages of 4 and 2 keys differ\n$/);
  });

  test('of equal runs exits with 0', async () => {
    const { code, stdout } = await workspace.run(['diff', first, first]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nno difference\n$/);
  });

  test('of one key tells that key alone', async () => {
    const { code, stdout } = await workspace.run(['diff', first, second, '--key', 'best']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\n\nbest: by rank\n {2}~ price: 101 -> 106\n$/);
    const same = await workspace.run(['diff', first, second, '--key', 'day']);
    expect(same).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\nday: no difference\n$/),
    });
    const unknown = await workspace.run(['diff', first, second, '--key', 'bset']);
    expect(refused(unknown)).toContain('did you mean "best"?');
  });

  test('has a form for programs', async () => {
    expect(await documentOf('diff', first, second)).toMatchObject({
      before: { id: first },
      after: { id: second },
      equal: false,
      stages: [
        { id: 'load', changes: [{ kind: 'param', path: ['shift'], text: 'with.shift 0 -> 5' }] },
        { id: expect.anything() },
        { id: expect.anything() },
        { id: expect.anything() },
      ],
      keys: [
        { key: 'best', changes: { first: [{ path: ['price'], before: { value: 101 } }] } },
        { key: 'prices', before: { stage: 'load' } },
      ],
    });
  });

  test('says so where a stage gave another value for the same, and what only one run has', async () => {
    const drawing = new Workspace('drawing');
    drawing.write('stages/look.ts', LOOK_STAGES);
    drawing.write('look.yaml', LOOKED_AT);
    await drawing.run(['run', 'look.yaml']);
    drawing.write('broken', '');
    await drawing.run(['run', 'look.yaml']);
    const { stdout } = await drawing.run(['diff']);
    expect(stdout).toMatch(/\ndraw .* wrote another seed, and nothing on record tells why\n/);
    expect(stdout).toMatch(/\nrank +succeeded +\S+ +failed /);
    expect(stdout).toContain('\nbest: only before, by rank\n');
    drawing.remove();
  });

  test('of the first run of a pipeline is refused', async () => {
    expect(refused(await workspace.run(['diff', first]))).toMatch(
      /error\[RUN_NOT_FOUND\]: there is no run of pipeline "looked-at" before .*\n.*millrace diff OTHER/,
    );
  });
});

describe('show --at', () => {
  test('tells the context as a stage saw it, and by what names it read what', async () => {
    const { code, stdout } = await workspace.run(['show', first, '--at', 'rank']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^run +\S+\nstage +rank\ncontext +before attempt 1, which began at /);
    expect(stdout).toMatch(/\nday +initial context +'monday'\n/);
    expect(stdout).toMatch(/\nsymbols +rename +names +\[ 'ACME', 'BBB', 'NEW' \]\n$/);
    const earlier = await workspace.run(['show', first, '--at', 'rename', '--context', 'symbols']);
    expect(earlier.stdout).toBe("[ 'AAA', 'BBB' ]\n");
    const later = await workspace.run(['show', first, '--after', 'rename', '--context', 'symbols']);
    expect(later.stdout).toBe("[ 'ACME', 'BBB', 'NEW' ]\n");
  });

  test('tells of a key by the name that the stage reads it by', async () => {
    const named = await workspace.run(['show', first, '--at', 'rank', '--context', 'names']);
    expect(named.stdout).toBe("[ 'ACME', 'BBB', 'NEW' ]\n");
    const unseen = await workspace.run(['show', first, '--at', 'rank', '--context', 'best']);
    expect(refused(unseen)).toMatch(/the context of stage "rank" .*\n.*show \S+ --at rank/);
  });

  test('has a form for programs', async () => {
    expect(await documentOf('show', first, '--at', 'rename')).toMatchObject({
      run: first,
      stage: 'rename',
      moment: 'before',
      extent: 'graph',
      keys: [
        { key: 'day', writer: null, readAs: [], value: 'monday' },
        { key: 'prices', writer: 'load' },
        { key: 'symbols', writer: 'load', readAs: ['symbols'], value: ['AAA', 'BBB'] },
      ],
    });
  });

  test('refuses an unknown stage, and what cannot be told together', async () => {
    const unknown = await workspace.run(['show', first, '--at', 'rnk']);
    expect(refused(unknown)).toMatch(/error\[STAGE_UNKNOWN\].*\n.*did you mean "rank"\?/);
    const both = await workspace.run(['show', '--at', 'rank', '--after', 'load']);
    expect(refused(both)).toContain('error[USAGE]');
  });

  test('tells of a stage that failed what it was given', async () => {
    workspace.write('broken', '');
    const failed = await runOf('look.yaml');
    rmSync(workspace.path('broken'));
    const { stdout } = await workspace.run(['show', failed, '--at', 'rank']);
    expect(stdout).toMatch(/\nprices +load +prices +\[ 100, 101, 99 \]\n/);
  });

  test('tells what was read where the config is gone, and refuses where even that is not on record', async () => {
    const moved = new Workspace('moved');
    moved.write('stages/look.ts', LOOK_STAGES);
    moved.write('look.yaml', LOOKED_AT);
    moved.write('broken', '');
    await moved.run(['run', 'look.yaml']);
    moved.write('moved.yaml', LOOKED_AT);
    rmSync(moved.path('look.yaml'));
    const read = await moved.run(['show', '--at', 'rename']);
    expect(read.stderr).toMatch(/^note: the config of the run cannot be loaded \(/);
    expect(read.stdout).toMatch(/\nsymbols +load .*\n\nonly what it read is told\n$/);
    expect(read.stdout).not.toContain('prices');
    expect(refused(await moved.run(['show', '--at', 'rank']))).toContain('error');
    const named = await moved.run(['show', '--at', 'rank', '--config', 'moved.yaml']);
    expect(named).toMatchObject({ code: 0, stdout: expect.stringContaining('names') });
    moved.remove();
  });
});

test('a value that is a secret by now is hidden in all of them', async () => {
  const secretive = new Workspace('secretive');
  const config = (more: string): string =>
    `name: secretive\nstages:\n  load: { uses: ./stages/say.ts, with: { ${more} } }\n`;
  secretive.write(
    'stages/say.ts',
    `import { PipelineStage } from 'millrace';
export default class Say extends PipelineStage {
  run({ params }) { return { said: [params.say] }; }
}
`,
  );
  secretive.write('secretive.yaml', config('say: nothing'));
  await secretive.run(['run', 'secretive.yaml']);
  await secretive.run(['run', 'secretive.yaml', '--set', 'stages.load.with.say=c4nary-8f2e']);
  secretive.write('secretive.yaml', config(`say: "$\{secret:SONG}"`));
  for (const args of [['blame', 'said'], ['diff'], ['show', '--after', 'load']]) {
    for (const form of [[], ['--json']]) {
      const { stdout, stderr } = await secretive.run([...args, ...form], { SONG: 'c4nary-8f2e' });
      expect(stdout).toContain('[secret]');
      expect(stdout + stderr).not.toContain('c4nary-8f2e');
    }
  }
  secretive.remove();
});
