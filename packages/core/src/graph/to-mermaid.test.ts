import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from './seeded-random.ts';
import { StageGraph } from './stage-graph.ts';
import { toMermaid } from './to-mermaid.ts';

const HOSTILE = [
  '"]; click n0 "javascript:alert(1)"',
  '<img src=x onerror=alert(1)>',
  '#quot; #35; &amp; %% comment %%{init: {}}%%',
  '`**bold**` __proto__ 1. list - item',
  'end',
  '(a) [b] {c} |d| --> n1',
  'two\nlines\r\nand\u2028three',
  '数据 naïve é 🚀',
  '  a\tb  ',
  '\u0000\u001b[31m\u0085',
];

/** What a reader sees of a label: line breaks and entities taken back. */
function shown(label: string): string {
  return label
    .replaceAll('<br/>', '\n')
    .replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

function labelsIn(text: string): string[] {
  return [...text.matchAll(/^ {2}n\d+\["(.*)"\]$/gm)].map(([, label]) => label ?? '');
}

describe('toMermaid', () => {
  it('draws stages in the order of declaration and arrows from dependency to dependant', () => {
    const graph = StageGraph.fromNodes([
      { id: 'daily-report_v2', needs: ['score all', 'ingest'] },
      { id: 'ingest', needs: [] },
      { id: 'score all', needs: ['ingest'] },
    ]);
    expect(toMermaid(graph)).toBe(
      [
        'flowchart TB',
        '  n0["daily-report_v2"]',
        '  n1["ingest"]',
        '  n2["score all"]',
        '  n2 --> n0',
        '  n1 --> n0',
        '  n1 --> n2',
        '',
      ].join('\n'),
    );
    expect(toMermaid(graph.nodes())).toBe(toMermaid(graph));
    expect(toMermaid([])).toBe('flowchart TB\n');
  });

  it('takes direction, title, labels, classes and their looks', () => {
    const nodes = [
      { id: 'a', needs: ['gone'] },
      { id: 'b', needs: ['a'] },
      { id: '__proto__', needs: [] },
    ];
    const text = toMermaid(nodes, {
      direction: 'LR',
      title: 'Run "7": 100% <b>\n---\n%%{init}%%',
      labels: new Map([['b', 'b\n2 s']]),
      classes: new Map([
        ['a', 'failed'],
        ['b', 'timed out'],
        ['__proto__', 'failed'],
      ]),
      classStyles: new Map([
        ['failed', 'fill:#fdd,stroke:#800'],
        ['unused', 'fill:#fff'],
      ]),
    });
    expect(text).toBe(
      [
        '---',
        'title: "Run \\"7\\": 100\\u0025 \\u003cb\\u003e\\n---\\n\\u0025\\u0025{init}\\u0025\\u0025"',
        '---',
        'flowchart LR',
        '  n0["a"]',
        '  n1["b<br/>2 s"]',
        '  n2["#95;#95;proto#95;#95;"]',
        '  n0 --> n1',
        '  classDef is_failed fill:#fdd,stroke:#800',
        '  class n0,n2 is_failed',
        '  class n1 is_timed_out',
        '',
      ].join('\n'),
    );
  });

  it('writes no sign of a hostile id that Mermaid, HTML or Markdown could take for its own', () => {
    const nodes = HOSTILE.map((id) => ({ id, needs: [] }));
    const labels = labelsIn(toMermaid(nodes));
    expect(labels).toHaveLength(HOSTILE.length);
    for (const label of labels) {
      const rest = label.replaceAll('<br/>', '').replaceAll(/#\d+;/g, '');
      expect(rest).toMatch(/^[\p{L}\p{M}\p{N} _-]*$/u);
    }
  });

  it('shows every label as it was, but for line ends, tabs, double spaces and control characters', () => {
    const plainSpaces = (text: string): string => text.replaceAll(/[^\S\n]/g, ' ');
    const expected = HOSTILE.map((text) =>
      plainSpaces(text.replaceAll(/\r\n|\u2028/g, '\n')).replaceAll(/\p{Cc}/gu, (sign) =>
        sign === '\n' ? sign : '\ufffd',
      ),
    );
    const nodes = HOSTILE.map((id) => ({ id, needs: [] }));
    const labels = labelsIn(toMermaid(nodes));
    expect(labels.map((label) => plainSpaces(shown(label)))).toEqual(expected);
  });

  it('gives one box a line for any text, half surrogate pairs too', () => {
    const random = new SeededRandom(11);
    for (let round = 0; round < 200; round++) {
      const codes = Array.from({ length: 1 + random.integer(20) }, () =>
        random.integer(random.next() < 0.7 ? 0x80 : 0x10000),
      );
      const text = String.fromCharCode(...codes);
      const lines = toMermaid([{ id: text, needs: [] }]).split('\n');
      expect(lines).toHaveLength(3);
      expect(lines[1]).toMatch(/^ {2}n0\["(?:[\p{L}\p{M}\p{N} _-]|#\d+;|<br\/>)*"\]$/u);
    }
  });
});
