import { expect, test } from '@jest/globals';
import { ConfigSource } from '../../source/config-source.ts';
import { Problems } from '../../source/problems.ts';
import { readYaml } from '../yaml-reader.ts';

/** `line:column message` of what is wrong with a text. */
function told(text: string): string[] {
  const problems = new Problems();
  readYaml(new ConfigSource('file', 'x.yaml', text), problems);
  return problems.sorted().map(({ at, message }) => `${at?.line}:${at?.column} ${message}`);
}

const STAGES = `name: x
params:
  window: 20
  source: a.csv
stages:
  load:
    uses: ./load.ts
    with: { window: "\${window}" }
    tags: [a]
  score:
    uses: ./score.ts
    needs: [load]
`;

test('the text that the slips are made in is sound', () => {
  expect(told(STAGES)).toEqual([]);
});

test.each([
  ['a colon left out', '  window: 20', '  window 20', '3:3 a key without a ":"'],
  ['an equals sign', 'name: x', 'name = x', '1:1 a key without a ":"'],
  ['a section without its colon', '  load:', '  load', '6:3 a key without a ":"'],
  ['no space behind a colon', '  window: 20', '  window:20', '3:9 no space behind the ":"'],
  ['an open brace', ' }', '', '8:11 { is not closed'],
  ['an open bracket', '[a]', '[a', '9:11 [ is not closed'],
  ['an open quote', '}" }', '} }', '8:21 " is not closed'],
  ['a dash before a key', '    uses: ./load', '    - uses: ./load', '7:5 a "- " among keys'],
  [
    'a placeholder without quotes between braces',
    `"\${window}"`,
    `\${window}`,
    '8:21 a placeholder inside { } or [ ] stands without quotes',
  ],
  [
    'a text with a placeholder without quotes between braces',
    `"\${window}"`,
    `p-\${window}.csv`,
    '8:21 a placeholder inside { } or [ ] stands without quotes',
  ],
  ['a first line too deep', '    uses: ./load', '      uses: ./load', '7:7 bad indentation: 6'],
  ['a first line not deep enough', '    uses: ./load', '   uses: ./load', '7:4 bad indentation: 3'],
  ['a line too deep', '    needs', '      needs', '12:7 bad indentation: 6 spaces where 4'],
  ['a line not deep enough', '    with', '  with', '8:3 bad indentation: 2 spaces where 4'],
  ['the very first line too deep', 'name: x', ' name: x', '1:2 bad indentation: 1 space where 0'],
  ['an id too deep', '  load:', '    load:', '6:5 bad indentation: 4 spaces where 2'],
  ['a param among the sections', '  window', 'window', '3:1 bad indentation: 0 spaces where 2'],
  ['an id that is gone', '  load:\n', '', '6:5 bad indentation: 4 spaces where 2'],
  ['a bracket too many', '[a]', '[a]]', '9:14 a ] too many'],
  ['a sign that begins no value', './score.ts', '@score', '11:11 "@" cannot stand here'],
])('%s is blamed where it is', (_name, before, after, expected) => {
  const found = told(STAGES.replace(before, () => after));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(expected);
});

test('a slip far down in a long text is found, and one in a very long text is at least refused', () => {
  const slippedBehind = (count: number): string => {
    const lines = Array.from({ length: count }, (_, index) => `  k${index}: [1, 2, 3]\n`);
    return `${STAGES}context:\n${lines.join('')}inputs: [1\nend: 2\n`;
  };
  expect(told(slippedBehind(500))).toEqual(['514:9 [ is not closed']);
  expect(told(slippedBehind(5000))).toHaveLength(1);
});
