import { describe, expect, test } from '@jest/globals';
import { ConfigSource } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import { hasYamlDensity } from './yaml-density.ts';

/** Where the text holds too much, or nothing. */
function excess(text: string): string {
  const problems = new Problems();
  const isFine = hasYamlDensity(new ConfigSource('file', 'x.yaml', text), problems);
  const [found] = problems.sorted();
  expect(isFine).toBe(found === undefined);
  return found === undefined ? '' : `${found.code} ${found.at?.line}:${found.at?.column}`;
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

describe('a text of a size that fits is let through', () => {
  const stage = (i: number): string =>
    `  stage-${i}:\n    uses: ./stages/score.ts\n    with: { window: ${i}, label: "row ${i}" }\n    needs: [stage-${i - 1}]\n    timeout: 5m`;
  test.each([
    ['100,000 stages', `name: x\nstages:\n${lines(100_000, stage)}`],
    [
      '100,000 listed stages',
      `stages:\n${lines(100_000, (i) => `- id: stage-${i}\n  uses: ./a.ts`)}`,
    ],
    [
      '100,000 stages of a pipeline',
      `pipelines:\n  p:\n    "stages":\n${lines(100_000, (i) => `      s${i}: { uses: ./stages/a.ts }`)}`,
    ],
    [
      '100,000 stages between braces',
      `name: x\nstages: {\n${lines(100_000, (i) => `s${i}: "./stages/a.ts",`)}}\n`,
    ],
    ['100,000 dependencies', `a:\n  needs: [${'stage-000000, '.repeat(100_000)}]\n`],
    [
      '100,000 dependencies below each other',
      `a:\n  needs:\n${lines(100_000, (i) => `    - stage-${i}`)}`,
    ],
    ['lists of moderate length', lines(500, () => `- [${'some value, '.repeat(1000)}]`)],
    ['a long comment', lines(100_000, () => `# ${'a comment, with some commas, '.repeat(4)}`)],
    ['a long text', `a: "${'some words, and a few more of them '.repeat(200_000)}"\n`],
    ['little', 'a: [[], [], {}]\n'.repeat(5000)],
  ])('%s', (_name, text) => {
    expect(excess(text)).toBe('');
  });
});

describe('a text that holds too much is refused where it does', () => {
  test.each([
    ['lists', `a: [${'[],'.repeat(500_000)}]\n`, '1:'],
    ['items', `a: [${'x,'.repeat(500_000)}]\n`, '1:'],
    ['nested items', `a: ${'[x, '.repeat(200_000)}\n`, '1:'],
    ['dashes', lines(200_000, () => '- - - - -'), ''],
    ['questions', '? '.repeat(500_000), '1:'],
    ['line ends', '\n'.repeat(1_000_000), ''],
    ['comments', lines(1_000_000, () => '#'), ''],
    ['escapes', `a: "${'\\n'.repeat(500_000)}"\n`, '1:'],
    ['doubled quotes', `a: '${"''".repeat(500_000)}'\n`, '1:'],
    ['documents', lines(500_000, () => '--- a'), ''],
    ['keys', `name: x\n${lines(40_000, (i) => `unknown-${i}: a text`)}`, '30001:1'],
    ['nested keys', `a:\n  b:\n${lines(40_000, (i) => `    unknown-${i}: a text`)}`, '30003:5'],
    ['listed values', `a:\n${lines(40_000, (i) => `- value ${i}`)}`, '30002:1'],
    ['values between brackets', `a: [${'some value, '.repeat(40_000)}]\n`, '1:'],
    [
      'keys of a stage',
      `stages:\n  a:\n${lines(40_000, (i) => `    key-${i}: a text`)}`,
      '30003:5',
    ],
    ['lines of a text', `a: |\n${lines(40_000, () => '  one line of many')}`, '30002:3'],
    [
      'long lists together',
      lines(
        1000,
        (i) => `key-${i}:\n${lines(1500, (j) => `  - a value of some length ${i} ${j}`)}`,
      ),
      '181242:3',
    ],
    [
      'long lists between brackets',
      lines(1000, (i) => `key-${i}: [${'some value, '.repeat(1500)}]`),
      '121:',
    ],
    ['stages', `stages:\n${lines(160_000, (i) => `  stage-${i}: a text`)}`, '150002:3'],
    ['quotes that hide brackets', `a: [${"'[', ".repeat(500_000)}]\n`, '1:'],
  ])('%s', (_name, text, place) => {
    expect(excess(text)).toMatch(`CONFIG_TOO_MANY_VALUES ${place}`);
  });
});

test('a tag that would end the stack of the parser is refused', () => {
  expect(excess(`a: 1\nb: !${'x'.repeat(10_000_000)} 1\n`)).toBe('CONFIG_TAG 2:4');
  expect(excess(`a: "${'!'.repeat(9000)}"\n`)).toBe('');
});
