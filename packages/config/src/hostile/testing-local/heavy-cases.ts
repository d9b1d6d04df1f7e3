import { type Answer, type HostileCase, loaded, refused } from './hostile-case.ts';

const MB = 1_000_000;

function lines(count: number, line: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, index) => line(index)).join(separator);
}

/** The text repeated to so many characters. */
function filled(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length));
}

function heavy(
  shape: string,
  answer: Answer,
  contents: Readonly<Record<string, () => string | Uint8Array>>,
): HostileCase[] {
  return Object.entries(contents).map(([ending, content]) => ({
    shape,
    file: `h.${ending}`,
    answer,
    content,
  }));
}

const excess = (line: number): Answer => refused('more', `CONFIG_TOO_MANY_VALUES ${line}`);
const tooDeep = refused('200 levels', 'CONFIG_TOO_DEEP 1');
const zeros = (): Uint8Array => new Uint8Array(50 * MB).fill(0x30);
const big = `${filled('some words ', 10 * MB)}end`;

const SIZES: readonly HostileCase[] = [
  ...heavy('50 MB', refused('at most 16777216 bytes', 'CONFIG_TOO_LARGE'), {
    yaml: zeros,
    json: zeros,
    json5: zeros,
    toml: zeros,
  }),
  ...heavy('one text of 10 MB', loaded('a'), {
    yaml: () => `name: x\nstages: { a: { uses: ./stage.ts } }\ndescription: "${big}"\n`,
    json: () => `{ "name": "x", "stages": { "a": { "uses": "./stage.ts" } },\n"description": "${big}" }`,
    json5: () => `{ name: 'x', stages: { a: { uses: './stage.ts' } },\ndescription: '${big}' }`,
  }),
  ...heavy('one text of 10 MB', refused('not closed', 'CONFIG_TEXT_TOO_LONG 3'), {
    toml: () => `name = "x"\nstages.a.uses = "./stage.ts"\ndescription = "${big}"\n`,
  }),
  ...heavy('10 MB of comments', loaded('a'), {
    yaml: () => `name: x\n${filled(`# ${'c'.repeat(40)}\n`, 10 * MB)}stages: { a: { uses: ./stage.ts } }\n`,
    json5: () => `{ name: 'x',\n${filled(`// ${'c'.repeat(40)}\n`, 10 * MB)} stages: { a: { uses: './stage.ts' } } }`,
    toml: () => `name = "x"\n${filled(`# ${'c'.repeat(40)}\n`, 10 * MB)}stages.a.uses = "./stage.ts"\n`,
  }),
];

const VALUES: readonly HostileCase[] = [
  ...heavy('10 MB of lists', excess(1), {
    yaml: () => `a: [${filled('[],', 10 * MB)}[]]\n`,
    json: () => `{ "a": [${filled('[],', 10 * MB)}[]] }`,
    json5: () => `{ a: [${filled('[],', 10 * MB)}] }`,
    toml: () => `a = [${filled('[],', 10 * MB)}]\n`,
  }),
  ...heavy('a million tiny keys', excess(30_001), {
    yaml: () => lines(1_000_000, (i) => `k${i}: ${i}`),
    json: () => `{${lines(1_000_000, (i) => `"k${i}": ${i}`, ',\n')}}`,
    json5: () => `{${lines(1_000_000, (i) => `k${i}: ${i}`, ',\n')}}`,
    toml: () => lines(1_000_000, (i) => `k${i} = ${i}`),
  }),
  ...heavy('a million anchors', excess(30_002), {
    yaml: () => `a:\n${lines(1_000_000, (i) => `- &a${i} ${i}`)}\n`,
  }),
  ...heavy('a million escapes', excess(2), {
    yaml: () => `name: x\ndescription: "${filled('\\n', 2 * MB)}"\n`,
    json5: () => `{ name: 'x',\n description: '${filled('\\n', 2 * MB)}' }`,
  }),
  ...heavy('10 MB of nesting', tooDeep, {
    yaml: () => filled('{a: ', 10 * MB),
    json: () => filled('{"a":', 10 * MB),
    json5: () => filled('{a:', 10 * MB),
    toml: () => `a = ${filled('{a=', 10 * MB)}`,
  }),
];

const PROBLEMS: readonly HostileCase[] = [
  ...heavy('100,000 unknown keys', excess(30_001), {
    yaml: () => lines(100_000, (i) => `unknown-${i}: 1`),
    json: () => `{${lines(100_000, (i) => `"unknown-${i}": 1`, ',\n')}}`,
    json5: () => `{${lines(100_000, (i) => `unknown_${i}: 1`, ',\n')}}`,
    toml: () => lines(100_000, (i) => `unknown-${i} = 1`),
  }),
];

export const HEAVY_CASES: readonly HostileCase[] = [...SIZES, ...VALUES, ...PROBLEMS];
