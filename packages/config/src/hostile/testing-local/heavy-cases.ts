import { type Answer, type HostileCase, loaded, refused } from './hostile-case.ts';

const MB = 1_000_000;

function lines(count: number, line: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, index) => line(index)).join(separator);
}

/** The text repeated to so many characters. */
function filled(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length));
}

function maps(
  open: (name: string) => string,
  entry: (key: string) => string,
  separator: string,
  close = '',
): string {
  const entries = (map: number): string =>
    lines(20_000, (key) => entry(`key_${map}_${key}`), separator);
  return lines(40, (map) => `${open(`map_${map}`)}${entries(map)}${close}`, separator);
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
const zeros = (): Uint8Array => new Uint8Array(50 * MB).fill(0x30);
const words = `${filled('some words ', 10 * MB)}end`;

/** Takes two bytes for each of its signs in memory, one in the file. */
const wideComment = (start: string): string => `${start} 日${'.'.repeat(40)}\n`;

const STAGES = 'stages: { a: { uses: ./stage.ts } }';
const JSON5_STAGES = "stages: { a: { uses: './stage.ts' } }";

const SIZES: readonly HostileCase[] = [
  ...heavy('50 MB', refused('at most 16777216 bytes', 'CONFIG_TOO_LARGE'), {
    yaml: zeros,
    json: zeros,
    json5: zeros,
    toml: zeros,
  }),
  ...heavy('one text of 10 MB', loaded('a'), {
    yaml: () => `name: x\n${STAGES}\ndescription: "${words}"\n`,
    json: () =>
      `{ "name": "x", "stages": { "a": { "uses": "./stage.ts" } },\n"description": "${words}" }`,
    json5: () => `{ name: 'x', ${JSON5_STAGES},\ndescription: '${words}' }`,
  }),
  ...heavy('one text of 10 MB', refused('description', 'CONFIG_TEXT_TOO_LONG 3'), {
    toml: () => `name = "x"\nstages.a.uses = "./stage.ts"\ndescription = "${words}"\n`,
  }),
  ...heavy('10 MB of comments', loaded('a'), {
    yaml: () => `name: x\n${filled(`# ${'c'.repeat(40)}\n`, 10 * MB)}${STAGES}\n`,
    json5: () => `{ name: 'x',\n${filled(`// ${'c'.repeat(40)}\n`, 10 * MB)}${JSON5_STAGES} }`,
    toml: () =>
      `name = "x"\n${filled(`# ${'c'.repeat(40)}\n`, 10 * MB)}stages.a.uses = "./stage.ts"\n`,
  }),
  ...heavy('15 MB with signs beyond Latin-1', refused('"bad"', 'CONFIG_UNKNOWN_KEY 300002'), {
    yaml: () => `name: x\n${wideComment('#').repeat(300_000)}bad: 1\n${STAGES}\n`,
    json5: () => `{ name: 'x',\n${wideComment('//').repeat(300_000)}bad: 1, ${JSON5_STAGES} }`,
    toml: () =>
      `name = "x"\n${wideComment('#').repeat(300_000)}bad = 1\nstages.a.uses = "./stage.ts"\n`,
  }),
  ...heavy('10 MB of line ends', refused('"bad"', 'CONFIG_UNKNOWN_KEY 10000002'), {
    json: () =>
      `{ "name": "x", "stages": { "a": { "uses": "./stage.ts" } },\n${filled('\n', 10 * MB)}"bad": 1 }`,
    json5: () => `{ name: 'x', ${JSON5_STAGES},\n${filled('\n', 10 * MB)}bad: 1 }`,
    toml: () => `name = "x"\n${filled('\n', 10 * MB)}bad = 1\nstages.a.uses = "./stage.ts"\n`,
  }),
  ...heavy('10 MB of line ends', excess(109_091), {
    yaml: () => `${filled('\n', 10 * MB)}bad: 1`,
  }),
];

const VALUES: readonly HostileCase[] = [
  ...heavy('10 MB of lists', excess(1), {
    yaml: () => `a: [${filled('[],', 10 * MB)}[]]\n`,
    json: () => `{ "a": [${filled('[],', 10 * MB)}[]] }`,
    json5: () => `{ a: [${filled('[],', 10 * MB)}] }`,
    toml: () => `a = [${filled('[],', 10 * MB)}]\n`,
  }),
  ...heavy('10 MB of dashes', excess(1), { yaml: () => filled('- ', 10 * MB) }),
  ...heavy('a million tiny keys', excess(30_001), {
    yaml: () => lines(1_000_000, (i) => `k${i}: 1`),
    json: () => `{${lines(1_000_000, (i) => `"k${i}": 1`, ',\n')}}`,
    json5: () => `{${lines(1_000_000, (i) => `k${i}: 1`, ',\n')}}`,
    toml: () => lines(1_000_000, (i) => `k${i} = 1`),
  }),
  ...heavy('40 maps of 20,000 keys', excess(64_005), {
    yaml: () =>
      maps(
        (name) => `${name}:\n`,
        (key) => `  ${key}: 1`,
        '\n',
      ),
    json: () =>
      `{${maps(
        (name) => `"${name}": {\n`,
        (key) => `"${key}": 1`,
        ',\n',
        '}',
      )}}`,
    json5: () =>
      `{${maps(
        (name) => `${name}: {\n`,
        (key) => `${key}: 1`,
        ',\n',
        '}',
      )}}`,
    toml: () =>
      maps(
        (name) => `[${name}]\n`,
        (key) => `${key} = 1`,
        '\n',
      ),
  }),
  ...heavy('a million anchors', excess(30_002), {
    yaml: () => `a:\n${lines(1_000_000, (i) => `- &a${i} 1`)}\n`,
  }),
  ...heavy('a million escapes', excess(2), {
    yaml: () => `name: x\ndescription: "${filled('\\n', 2 * MB)}"\n`,
    json5: () => `{ name: 'x',\n description: '${filled('\\n', 2 * MB)}' }`,
  }),
  ...heavy('a million escapes', loaded('a'), {
    json: () =>
      `{ "name": "x", "stages": { "a": { "uses": "./stage.ts" } },\n "description": "${filled('\\n', 2 * MB)}" }`,
  }),
  ...heavy('a million escapes', refused('description', 'CONFIG_TEXT_TOO_LONG 2'), {
    toml: () => `name = "x"\ndescription = "${filled('\\n', 2 * MB)}"\n`,
  }),
  ...heavy('10 MB of nesting', refused('200 levels', 'CONFIG_TOO_DEEP 1'), {
    json: () => filled('{"a":', 10 * MB),
    json5: () => filled('{a:', 10 * MB),
    toml: () => `a = ${filled('{a=', 10 * MB)}`,
  }),
  ...heavy('10 MB of nesting', excess(1), { yaml: () => filled('{a: ', 10 * MB) }),
];

const PROBLEMS: readonly HostileCase[] = [
  ...heavy('100,000 unknown keys', excess(30_001), {
    yaml: () => lines(100_000, (i) => `unknown-${i}: 1`),
    json: () => `{${lines(100_000, (i) => `"unknown-${i}": 1`, ',\n')}}`,
    json5: () => `{${lines(100_000, (i) => `unknown_${i}: 1`, ',\n')}}`,
    toml: () => lines(100_000, (i) => `unknown-${i} = 1`),
  }),
  ...heavy('100,000 times the same key', refused('"bad"', 'CONFIG_DUPLICATE_KEY 2'), {
    json: () => `{${lines(100_000, () => '"bad": 1', ',\n')}}`,
    json5: () => `{${lines(100_000, () => 'bad: 1', ',\n')}}`,
    toml: () => lines(100_000, () => 'bad = 1'),
  }),
  ...heavy('100,000 times the same key', excess(30_001), {
    yaml: () => lines(100_000, () => 'bad: 1'),
  }),
  ...heavy('100,000 times the same stage', refused('"bad"', 'STAGE_DUPLICATE 3'), {
    yaml: () => `stages:\n${lines(100_000, () => '  bad: ./stage.ts')}`,
    json: () => `{"stages": {\n${lines(100_000, () => '"bad": { "uses": "./stage.ts" }', ',\n')}}}`,
    json5: () => `{stages: {\n${lines(100_000, () => "bad: { uses: './stage.ts' }", ',\n')}}}`,
  }),
  ...heavy('100,000 times the same stage', refused('"bad"', 'STAGE_DUPLICATE 3'), {
    toml: () => `[stages.bad]\n\n${lines(100_000, () => '[stages.bad]')}`,
  }),
];

export const HEAVY_CASES: readonly HostileCase[] = [...SIZES, ...VALUES, ...PROBLEMS];
