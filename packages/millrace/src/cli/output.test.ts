import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RunEvent } from '@millrace/core';
import { FIXABLE } from './testing-local/configs.ts';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
  workspace.write('fixable.pipeline.yaml', FIXABLE);
});
afterEach(() => workspace.remove());

function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('run --json prints each event and then the result, whatever stages print', async () => {
  const ended = await workspace.run([
    'run',
    'fixable.pipeline.yaml',
    '--json',
    '--set',
    'stages.extra.with.say=NOISE',
  ]);
  const lines = jsonLines(ended.stdout);
  expect(lines.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['run.started', 'stage.failed', 'run.finished']),
  );
  expect(lines.at(-1)).toMatchObject({
    type: 'result',
    status: 'failed',
    resume: expect.stringContaining(' resume '),
  });
  expect(ended.stderr).toBe('NOISE\n');
});

test('--events appends every event in order, across a resume, also after a torn line', async () => {
  workspace.write('events.jsonl', '{"torn":');
  await workspace.run(['run', 'fixable.pipeline.yaml', '--events', 'events.jsonl']);
  workspace.write('fixed', '');
  await workspace.run(['resume', '--events', 'events.jsonl']);
  const [torn, ...lines] = workspace.lines('events.jsonl');
  expect(torn).toBe('{"torn":');
  const events = lines.map((line): RunEvent => JSON.parse(line));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(new Set(events.map(({ runId }) => runId)).size).toBe(1);
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', status: 'succeeded' });
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'stage.started', stage: 'sum', attempt: 2 }),
  );
  const stored = await workspace.run(['show', '--events', '--json']);
  expect(jsonLines(stored.stdout)).toEqual(events);
});

test('runs, show, plan and graph print one JSON document each', async () => {
  await workspace.run(['run', 'fixable.pipeline.yaml']);
  const documentOf = async (...args: string[]): Promise<unknown> => {
    const ended = await workspace.run([...args, '--json']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    return JSON.parse(ended.stdout);
  };
  const { runs } = (await documentOf('runs')) as { runs: { id: string }[] };
  expect(runs).toEqual([
    expect.objectContaining({
      pipeline: 'fixable',
      status: 'failed',
      done: 2,
      total: 4,
      sessions: 1,
    }),
  ]);
  const id = runs[0]?.id ?? '';
  expect(await documentOf('show', id)).toMatchObject({ id, status: 'failed', total: 4, kept: [] });
  expect(await documentOf('show', id, '--stage', 'sum')).toMatchObject({
    id: 'sum',
    failure: { code: 'STAGE_THREW' },
    attempts: [{ attempt: 1, status: 'failed' }],
  });
  expect(await documentOf('show', id, '--context', 'ingest')).toEqual({ attempt: 1 });
  expect(await documentOf('plan', id)).toMatchObject({ counts: { run: 2, reuse: 2, skip: 0 } });
  expect(await documentOf('graph', id)).toMatchObject({
    pipeline: 'fixable',
    mermaid: expect.stringContaining('is_failed'),
  });
  expect(await documentOf('runs', '--status', 'succeeded')).toMatchObject({ runs: [] });
  const refused = await workspace.run(['show', 'none', '--json']);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'RUN_NOT_FOUND' } });
});

test('graph draws a config, and a run with the status of each stage', async () => {
  const drawn = await workspace.run(['graph', 'fixable.pipeline.yaml', '--direction', 'LR']);
  expect(drawn.stdout).toMatch(
    /^flowchart LR\n {2}n0\["ingest"\]\n[\s\S]*n0 --> n1\n {2}n1 --> n2\n$/,
  );
  await workspace.run(['run', 'fixable.pipeline.yaml']);
  const { stdout } = await workspace.run(['runs', '--json']);
  const statuses = await workspace.run(['graph', JSON.parse(stdout).runs[0].id]);
  expect(statuses.stdout).toMatch(
    /class n0,n3 is_succeeded\n {2}class n1 is_failed\n {2}class n2 is_skipped\n$/,
  );
});

test('a damaged value hides no other one of the context', async () => {
  await workspace.run(['run', 'fixable.pipeline.yaml', '--set', 'stages.extra.with.bytes=100']);
  const damage = `UPDATE "values" SET body = '"other"' WHERE body LIKE '%xxxxxxxxxx%'`;
  const store = new DatabaseSync(workspace.path('.millrace/millrace.db'));
  expect(store.prepare(damage).run().changes).toBe(1);
  store.close();
  const listed = await workspace.run(['show', '--context']);
  expect(listed.stdout).toMatch(/^extra: CHECKPOINT_CORRUPT: .*\ningest: \{ attempt: 1 \}\n$/);
  expect(await workspace.run(['show', '--context', 'extra'])).toMatchObject({ code: 1 });
});

test('show tells of one stage with its attempts and whole stack, and suggests the nearest id', async () => {
  await workspace.run(['run', 'fixable.pipeline.yaml']);
  const shown = await workspace.run(['show', '--stage', 'sum']);
  expect(shown.stdout).toMatch(/attempt +status +session +started +duration +note\n +1 +failed/);
  expect(shown.stdout).toMatch(/at Note\.run \(/);
  const unknown = await workspace.run(['show', '--stage', 'smu']);
  expect(unknown.stderr).toContain('did you mean "sum"?');
});

describe('secrets', () => {
  const config = `
name: secretive
stages:
  leak: { uses: ./stages/note.ts, with: { say: "token \${secret:API_TOKEN}", need: "/none/\${secret:API_TOKEN}" } }
`;
  test('appear in no output, event, log or later show', async () => {
    workspace.write('secretive.yaml', config);
    const env = { API_TOKEN: 's3cr3t-value-9' };
    const run = await workspace.run(['run', 'secretive.yaml', '--events', 'events.jsonl'], env);
    const json = await workspace.run(['run', 'secretive.yaml', '--json'], env);
    const shown = await workspace.run(['show'], env);
    expect(run.stdout).toContain('token [secret]');
    const logs = await workspace.shell('cat .millrace/logs/*');
    const printed =
      [run, json, shown, logs].map(({ stdout, stderr }) => stdout + stderr).join('') +
      workspace.read('events.jsonl');
    expect(printed).toContain('/none/[secret]');
    expect(printed).not.toContain('s3cr3t');
    for (const line of json.stdout.trimEnd().split('\n')) JSON.parse(line);
  });

  test('that only a base, an environment or a pipeline inside names are not shown with the context', async () => {
    const stage = (name: string): string =>
      `{ uses: ./stages/note.ts, with: { gate: "\${secret:${name}}" } }`;
    const files = {
      'echo.yaml': `extends: base.yaml
name: echo
context: { kept: { a: from-base-1, b: from-prod-2, c: from-inside-3, d: stays } }
stages: { inner: { pipeline: ./inside.yaml } }
environments: { prod: { stages: { main: ${stage('PROD')} } } }
`,
      'base.yaml': `stages: { other: ${stage('BASE')} }\n`,
      'inside.yaml': `stages: { last: ${stage('INSIDE')} }\n`,
    };
    for (const [name, text] of Object.entries(files)) workspace.write(name, text);
    workspace.write('open', '');
    // The values become secrets later: a run refuses to store what is one already.
    const before = { BASE: 'open', PROD: 'open', INSIDE: 'open' };
    const run = await workspace.run(['run', 'echo.yaml', '--env', 'prod'], before);
    expect(run.stderr).toBe('');
    const now = { BASE: 'from-base-1', PROD: 'from-prod-2', INSIDE: 'from-inside-3' };
    for (const state of ['whole', 'broken', 'gone']) {
      if (state === 'broken') workspace.write('echo.yaml', 'name: [');
      if (state === 'gone') await workspace.shell('rm echo.yaml base.yaml inside.yaml');
      const store = ['--store', 'sqlite:.millrace/millrace.db'];
      const shown = await workspace.run(['show', '--context', 'kept', ...store], now);
      expect(shown.stdout).toContain('stays');
      expect({ state, stdout: shown.stdout }).toEqual({
        state,
        stdout: expect.not.stringMatching(/from-(?:base|prod|inside)/),
      });
    }
  });

  test('in URLs are not shown with the line of a config that is refused, nor with what a run was given', async () => {
    workspace.write('url.yaml', 'name: x\nstore: postgres://u:hunter2@h/d\nstages: {}\n');
    const url = 'https://u:hunter2@example.com';
    const given = ['--set', `stages.extra.with.say=${url}`];
    await workspace.run(['run', 'fixable.pipeline.yaml', ...given]);
    const all = await Promise.all([
      workspace.run(['run', 'url.yaml']),
      workspace.run(['validate', 'url.yaml']),
      workspace.run(['show', '--json']),
    ]);
    for (const { stdout, stderr } of all) {
      expect(stdout + stderr).toContain('u:[secret]@');
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  test('never reach the disk when a stage throws, reports and logs them', async () => {
    const canary = 'c4nary-8f2e';
    workspace.write(
      'canary.yaml',
      `
name: canary
stages:
  sing: { uses: ./stages/note.ts, with: { tell: "\${secret:SONG}", say: "\${secret:SONG}", need: "\${secret:SONG}" } }
`,
    );
    const env = { SONG: canary };
    const run = await workspace.run(['run', 'canary.yaml', '--events', '.millrace/e.jsonl'], env);
    const resumed = await workspace.run(['resume', '--json'], env);
    // Whoever looks at it later has no such variable.
    const shown = await workspace.run(['show', '--stage', 'sing']);
    const events = await workspace.run(['show', '--events', '--json']);
    expect(run.code).toBe(1);
    expect(shown.stdout).toContain('STAGE_THREW: the file [secret] is missing');
    expect(events.stdout).toContain('"message":"[secret]"');
    const printed = [run, resumed, shown, events].map(({ stdout, stderr }) => stdout + stderr);
    expect(printed.join('')).not.toContain(canary);
    const kept = await workspace.shell(`grep -rlF ${canary} .millrace || ls -R .millrace`);
    expect(kept.stdout).toMatch(/^\.millrace:\n[\s\S]*millrace\.db\n/);
  });
});

describe('output that cannot be written', () => {
  test('a reader that leaves early is no error, and the run goes on to its end', async () => {
    await workspace.shell('$M run fixable.pipeline.yaml | head -1');
    expect(workspace.lines('ran.txt').sort()).toEqual(['extra', 'ingest', 'sum']);
    const listed = await workspace.shell(
      'set -o pipefail; $M show --events --json | head -1; echo $?',
    );
    expect(listed).toMatchObject({ stderr: '', stdout: expect.stringMatching(/\n0\n$/) });
  });

  test.each([
    ['$M runs > /dev/full', 'OUTPUT_UNWRITABLE'],
    ['touch fixed; $M run fixable.pipeline.yaml > /dev/full', 'OUTPUT_UNWRITABLE'],
    ['touch fixed; $M run fixable.pipeline.yaml --events /dev/full', 'EVENTS_UNWRITABLE'],
  ])('%s exits with 1', async (line, code) => {
    await workspace.run(['run', 'fixable.pipeline.yaml']);
    const ended = await workspace.shell(line);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`error[${code}]`);
    expect(ended.stderr).toContain('ENOSPC');
  });

  test('a full store ends the run with 1 and the resume command, and what was committed is kept', async () => {
    workspace.write(
      'large.yaml',
      `
name: large
stages:
  small: { uses: ./stages/note.ts }
  large: { uses: ./stages/note.ts, needs: [small], with: { bytes: 900000 } }
`,
    );
    // Blocks of 1024 bytes: the store's log outgrows them in the second stage. The signal is not for Node.
    const ended = await workspace.shell("trap '' XFSZ; ulimit -f 600; $M run large.yaml");
    expect(ended.stderr).toMatch(/error\[STORE_WRITE_FAILED\][\s\S]*resume: .* resume /);
    expect(ended.code).toBe(1);
    const resumed = await workspace.run(['resume']);
    expect(resumed.stdout).toContain('kept: small (1)');
    expect(resumed.code).toBe(0);
  });
});

test('colours come with FORCE_COLOR and go with NO_COLOR', async () => {
  const coloured = await workspace.run(['plan', 'fixable.pipeline.yaml'], { FORCE_COLOR: '1' });
  expect(coloured.stdout).toContain('\u001b[34m▶');
  const plain = await workspace.run(['plan', 'fixable.pipeline.yaml'], { NO_COLOR: '1' });
  expect(plain.stdout).not.toContain('\u001b');
});
