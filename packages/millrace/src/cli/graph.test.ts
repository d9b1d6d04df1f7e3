import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FIXABLE } from './testing-local/configs.ts';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts a process or two.

let workspace: Workspace;
let runId = '';

beforeAll(async () => {
  workspace = new Workspace();
  workspace.write('fixable.pipeline.yaml', FIXABLE);
  await workspace.run(['run', 'fixable.pipeline.yaml']);
  const { stdout } = await workspace.run(['runs', '--json']);
  runId = JSON.parse(stdout).runs[0].id;
});
afterAll(() => workspace.remove());

describe('a config', () => {
  test('is drawn as Mermaid, unless told otherwise', async () => {
    const drawn = await workspace.run(['graph', 'fixable.pipeline.yaml', '--direction', 'LR']);
    expect(drawn).toMatchObject({ code: 0, stderr: '' });
    expect(drawn.stdout).toMatch(/^flowchart LR\n {2}n0\["ingest"\]\n[\s\S]*n0 --> n1\n/);
    expect(drawn.stdout).not.toContain('class');
  });

  test('is drawn as DOT', async () => {
    const drawn = await workspace.run(['graph', 'fixable.pipeline.yaml', '--format', 'dot']);
    expect(drawn).toMatchObject({ code: 0, stderr: '' });
    expect(drawn.stdout).toMatch(
      /^digraph pipeline \{\n[\s\S]*\n {2}n0 -> n1;\n {2}n1 -> n2;\n\}\n$/,
    );
  });

  test('is drawn as SVG', async () => {
    const drawn = await workspace.run(['graph', 'fixable.pipeline.yaml', '--format', 'svg']);
    expect(drawn).toMatchObject({ code: 0, stderr: '' });
    expect(drawn.stdout).toMatch(/^<svg xmlns[\s\S]*<\/svg>\n$/);
    expect(drawn.stdout).toContain('<desc>Stages: 4. Dependencies: 2.</desc>');
  });
});

describe('a run', () => {
  test('is drawn as Mermaid with the status and the duration of each stage', async () => {
    const { stdout } = await workspace.run(['graph', runId]);
    expect(stdout).toMatch(/^---\ntitle: "fixable: run [\w-]+ · failed · \d+m?s"\n---\n/);
    expect(stdout).toMatch(/n1\["sum<br\/>failed #183; \w+"\]\n {2}n2\["report<br\/>skipped"\]/);
    expect(stdout).toMatch(/class n1 is_failed\n {2}class n2 is_skipped\n$/);
  });

  test('is drawn as DOT that says why a stage failed', async () => {
    const { stdout } = await workspace.run(['graph', runId, '--format', 'dot']);
    expect(stdout).toMatch(
      /n1 \[label="sum\\nfailed · \w+", tooltip="sum\\nSTAGE_THREW: the file fixed is missing", class="failed"/,
    );
  });

  test('is drawn as SVG with how many stages have which status', async () => {
    const { stdout } = await workspace.run(['graph', runId, '--format', 'svg']);
    expect(stdout).toContain('By status: 2 succeeded, 1 failed, 1 skipped.</desc>');
    expect(stdout).toMatch(
      /<title>sum\nfailed · \w+\nSTAGE_THREW: the file fixed is missing<\/title>/,
    );
  });

  test('is told as data', async () => {
    const { stdout } = await workspace.run(['graph', runId, '--json', '--format', 'dot']);
    expect(JSON.parse(stdout)).toEqual({
      pipeline: 'fixable',
      run: { id: runId, status: 'failed' },
      direction: 'TB',
      stages: [
        { id: 'ingest', needs: [], status: 'succeeded', durationMs: expect.any(Number) },
        {
          id: 'sum',
          needs: ['ingest'],
          status: 'failed',
          durationMs: expect.any(Number),
          note: 'STAGE_THREW: the file fixed is missing',
        },
        { id: 'report', needs: ['sum'], status: 'skipped', note: expect.stringContaining('sum') },
        { id: 'extra', needs: [], status: 'succeeded', durationMs: expect.any(Number) },
      ],
      edges: [
        { from: 'ingest', to: 'sum' },
        { from: 'sum', to: 'report' },
      ],
      format: 'dot',
      dot: expect.stringMatching(/^digraph /),
    });
  });
});

describe('--out', () => {
  test.each([
    ['drawings/run.svg', /^<svg /],
    ['run.gv', /^digraph /],
    ['run.mmd', /^---\ntitle: /],
  ])('%s is written in the format that its name tells', async (file, beginning) => {
    const ended = await workspace.run(['graph', runId, '--out', file]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toBe(`✔ ${file}: fixable, 4 stages\n`);
    expect(workspace.read(file)).toMatch(beginning);
  });

  test('goes with --json, which then names the file', async () => {
    const ended = await workspace.run(['graph', runId, '--json', '--out', 'data.svg']);
    const told = JSON.parse(ended.stdout);
    expect(told).toMatchObject({ format: 'svg', out: workspace.path('data.svg') });
    expect(told).not.toHaveProperty('svg');
    expect(workspace.read('data.svg')).toMatch(/^<svg /);
  });

  test('of another name needs --format', async () => {
    const refused = await workspace.run(['graph', runId, '--out', 'run.png']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /error\[USAGE\]: the ending of "run\.png" does not tell a format\n +help: .*\.svg.*--format/,
    );
    expect(existsSync(workspace.path('run.png'))).toBe(false);
    await workspace.run(['graph', runId, '--out', 'run.txt', '--format', 'dot']);
    expect(workspace.read('run.txt')).toMatch(/^digraph /);
  });

  test('that cannot be written is refused and leaves nothing behind', async () => {
    workspace.write('taken.svg/inside', '');
    const before = readdirSync(workspace.folder);
    const refused = await workspace.run(['graph', runId, '--out', 'taken.svg']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/error\[FILE_UNWRITABLE\]: .*taken\.svg cannot be written/);
    expect(readdirSync(workspace.folder)).toEqual(before);
  });
});

test('a format that does not exist is refused with those that do', async () => {
  const refused = await workspace.run(['graph', runId, '--format', 'png']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/'png' is invalid\. Allowed choices are mermaid, dot, svg/);
});

test('a graph too large for an SVG is refused, and drawn as DOT', async () => {
  const ids = Array.from({ length: 250 }, (_, at) => `s${at}`);
  const stages = ids.map(
    (id, at) => `  ${id}: { uses: ./stages/note.ts, needs: [${ids.slice(0, at)}] }`,
  );
  workspace.write('dense.yaml', `name: dense\nstages:\n${stages.join('\n')}\n`);
  const refused = await workspace.run(['graph', 'dense.yaml', '--out', 'dense.svg']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(
    /error\[DRAWING_TOO_LARGE\]: .*250 stages[\s\S]*help: .*--format dot/,
  );
  const mermaid = await workspace.run(['graph', 'dense.yaml']);
  expect(mermaid.stderr).toMatch(/^note: Mermaid draws at most 500 arrows .* 31125; --format svg/);
  const dot = await workspace.run(['graph', 'dense.yaml', '--out', 'dense.dot']);
  expect(dot).toMatchObject({ code: 0, stderr: '' });
});

test('what lays out an SVG is loaded for an SVG alone', async () => {
  workspace.write(
    'loaded.mjs',
    `
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
const load = (url, context, next) => (appendFileSync('loaded.txt', url + '\\n'), next(url, context));
registerHooks({ load });
`,
  );
  const layoutsLoadedBy = async (format: string): Promise<number> => {
    workspace.write('loaded.txt', '');
    const env = { NODE_OPTIONS: '--import=./loaded.mjs' };
    await workspace.run(['graph', 'fixable.pipeline.yaml', '--format', format], env);
    expect(workspace.lines('loaded.txt').length).toBeGreaterThan(10);
    return workspace.lines('loaded.txt').filter((url) => url.includes('/@dagrejs/dagre/')).length;
  };
  expect(await layoutsLoadedBy('mermaid')).toBe(0);
  expect(await layoutsLoadedBy('dot')).toBe(0);
  expect(await layoutsLoadedBy('svg')).toBe(1);
});
