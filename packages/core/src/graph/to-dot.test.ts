import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from './seeded-random.ts';
import { StageGraph } from './stage-graph.ts';
import { toDot } from './to-dot.ts';

const HOSTILE = [
  '"]; n0 -> n0; x [label="',
  'ends with \\',
  '\\N \\G \\l \\" \\\\',
  '<b>bold</b>',
  '&amp; &#65; & &bogus;',
  '// # /* */ ; { } [ ] ->',
  'node',
  'graph',
  'strict',
  'constructor',
  '__proto__',
  '-rf',
  '数据 naïve é 🚀',
];

const LINE = /^ {2}n\d+ \[label="((?:[^"\\\n]|\\["\\n])*)", tooltip="(?:[^"\\\n]|\\["\\n])*"\];$/;

/** What Graphviz shows of the inside of a quoted string. */
function shown(inside: string): string {
  return inside
    .replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
    .replaceAll('&amp;', '&');
}

function labelsIn(text: string): string[] {
  return text.split('\n').flatMap((line) => LINE.exec(line)?.slice(1) ?? []);
}

describe('toDot', () => {
  it('draws stages in the order of declaration and arrows from dependency to dependant', () => {
    const graph = StageGraph.fromNodes([
      { id: 'report', needs: ['score all', 'ingest'] },
      { id: 'ingest', needs: [] },
      { id: 'score all', needs: ['ingest'] },
    ]);
    const lines = toDot(graph).split('\n');
    expect(lines[0]).toBe('digraph pipeline {');
    expect(lines[1]).toBe('  graph [rankdir="TB", pad="0.3"];');
    expect(lines.slice(4)).toEqual([
      '  n0 [label="report", tooltip="report"];',
      '  n1 [label="ingest", tooltip="ingest"];',
      '  n2 [label="score all", tooltip="score all"];',
      '  n2 -> n0;',
      '  n1 -> n0;',
      '  n1 -> n2;',
      '}',
      '',
    ]);
    expect(toDot(graph.nodes())).toBe(toDot(graph));
    expect(toDot([])).toMatch(
      /^digraph pipeline \{\n(?: {2}(?:graph|node|edge) \[.*\];\n){3}\}\n$/,
    );
  });

  it('takes direction, title, labels, tooltips, classes and their looks', () => {
    const nodes = [
      { id: 'a', needs: ['gone'] },
      { id: 'b', needs: ['a'] },
      { id: '__proto__', needs: [] },
    ];
    const text = toDot(nodes, {
      direction: 'LR',
      title: 'Run "7" & <b>\n100%',
      labels: new Map([['b', 'b\n2 s']]),
      tooltips: new Map([['b', 'why']]),
      classes: new Map([
        ['a', 'failed'],
        ['b', 'without a look'],
        ['__proto__', 'failed'],
      ]),
      classStyles: new Map([['failed', { fillcolor: '#fdd', 'we"ird': '\\' }]]),
    });
    expect(text).toContain(
      'graph [rankdir="LR", pad="0.3", label="Run \\"7\\" &amp; <b>\\n100%", labelloc="t"',
    );
    expect(text.split('\n').slice(4)).toEqual([
      '  n0 [label="a", tooltip="a", fillcolor="#fdd", "we\\"ird"="\\\\"];',
      '  n1 [label="b\\n2 s", tooltip="why"];',
      '  n2 [label="__proto__", tooltip="__proto__", fillcolor="#fdd", "we\\"ird"="\\\\"];',
      '  n0 -> n1;',
      '}',
      '',
    ]);
  });

  it('shows every hostile id as it was', () => {
    const nodes = HOSTILE.map((id) => ({ id, needs: [] }));
    expect(labelsIn(toDot(nodes)).map(shown)).toEqual(HOSTILE);
  });

  it('gives one quoted line a box for any text, half surrogate pairs too', () => {
    const random = new SeededRandom(11);
    for (let round = 0; round < 200; round++) {
      const codes = Array.from({ length: 1 + random.integer(20) }, () =>
        random.integer(random.next() < 0.7 ? 0x80 : 0x10000),
      );
      const text = String.fromCharCode(...codes);
      const lines = toDot([{ id: text, needs: [] }]).split('\n');
      expect(lines).toHaveLength(7);
      expect(lines[4]).toMatch(LINE);
      expect(lines[4]).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
    }
  });
});
