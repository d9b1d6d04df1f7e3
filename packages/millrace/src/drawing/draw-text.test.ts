import { expect, test } from '@jest/globals';
import { DARK, LIGHT } from './colours.ts';
import { draw } from './draw.ts';
import type { Drawing, DrawnStage, DrawnStatus } from './drawing.ts';
import { formatOfFile } from './drawing-format.ts';
import { DRAWN_STATUSES } from './status-counts.ts';

function stage(id: string, more: Partial<DrawnStage> = {}): DrawnStage {
  return { id, needs: [], status: undefined, durationMs: undefined, note: undefined, ...more };
}

const RUN: Drawing = {
  title: 'daily',
  subtitle: 'run 1 · failed',
  direction: 'LR',
  stages: [
    stage('load', { status: 'succeeded', durationMs: 1200 }),
    stage('__proto__', { needs: ['load'], status: 'failed', durationMs: 3, note: 'why & how' }),
    stage('send', { needs: ['__proto__'], status: 'skipped' }),
  ],
};

test('Mermaid shows the status of each stage in words and in colours', async () => {
  expect(await draw(RUN, 'mermaid')).toBe(
    [
      '---',
      'title: "daily: run 1 · failed"',
      '---',
      'flowchart LR',
      '  n0["load<br/>succeeded #183; 1#46;2s"]',
      '  n1["#95;#95;proto#95;#95;<br/>failed #183; 3ms"]',
      '  n2["send<br/>skipped"]',
      '  n0 --> n1',
      '  n1 --> n2',
      '  classDef is_succeeded fill:#e6f6ea,stroke:#1a7f37,color:#0f4f21',
      '  classDef is_failed fill:#ffebe9,stroke:#cf222e,color:#86101a',
      '  classDef is_skipped fill:#f4f5f7,stroke:#768390,color:#4c5560,stroke-dasharray:4 3',
      '  class n0 is_succeeded',
      '  class n1 is_failed',
      '  class n2 is_skipped',
      '',
    ].join('\n'),
  );
});

test('DOT shows the same, and why a stage failed under the pointer', async () => {
  const text = await draw(RUN, 'dot');
  expect(text).toContain('rankdir="LR", pad="0.3", label="daily\\nrun 1 · failed"');
  expect(text).toContain(
    '  n1 [label="__proto__\\nfailed · 3ms", tooltip="__proto__\\nwhy &amp; how", class="failed", style="rounded,filled", fillcolor="#ffebe9", color="#cf222e", fontcolor="#86101a"];\n',
  );
  expect(text).toContain('style="rounded,filled,dashed"');
});

test('a pipeline is drawn without statuses and, as Mermaid, without a title', async () => {
  const plain: Drawing = {
    title: 'daily',
    subtitle: undefined,
    direction: 'TB',
    stages: [stage('load')],
  };
  expect(await draw(plain, 'mermaid')).toBe('flowchart TB\n  n0["load"]\n');
  expect(await draw(plain, 'dot')).toContain('  n0 [label="load", tooltip="load"];\n');
});

test('every status has a look in every format', async () => {
  const all: Drawing = {
    ...RUN,
    stages: DRAWN_STATUSES.map((status: DrawnStatus) => stage(`a ${status} stage`, { status })),
  };
  expect(new Set(DRAWN_STATUSES)).toEqual(new Set(Object.keys(LIGHT.statuses)));
  expect(new Set(DRAWN_STATUSES)).toEqual(new Set(Object.keys(DARK.statuses)));
  for (const status of DRAWN_STATUSES) {
    expect(await draw(all, 'mermaid')).toContain(`classDef is_${status} fill:#`);
    expect(await draw(all, 'dot')).toContain(`class="${status}", style="rounded,filled`);
    expect(await draw(all, 'svg')).toContain(`.stage.${status} rect{fill:#`);
  }
});

test('the ending of a file tells its format', () => {
  expect(formatOfFile('out/Run.SVG')).toBe('svg');
  expect(['a.dot', 'a.gv', 'a.mmd', 'a.mermaid'].map(formatOfFile)).toEqual([
    'dot',
    'dot',
    'mermaid',
    'mermaid',
  ]);
  expect(['svg', 'a.png', 'a.svg.gz', '.svg'].map(formatOfFile)).toEqual(
    new Array(4).fill(undefined),
  );
});
