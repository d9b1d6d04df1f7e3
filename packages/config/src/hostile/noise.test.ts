import { expect, test } from '@jest/globals';
import { readJson, readJson5, readJsonc } from '../parse/read-json.ts';
import { readToml } from '../parse/toml-reader.ts';
import { readYaml } from '../parse/yaml-reader.ts';
import { ConfigSource } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import { toPlain } from '../tree/to-plain.ts';

const TOML = `name = "x" # c
a.b = { c = 1, d.e = [1, "two", { f = 0x1F, g = 'h' }], "i" = """
j\\n""" }
[stages.one]
uses = './a.ts'
when = 1979-05-27T07:32:00Z
[[l]]
x = -1.5e3
[[l]]
y = [ # c
 inf, nan ]
`;
const JSON5 = `// c
{ name: 'x', "a": [1, .5, 0x1F, { b: 'c\\'d', }, /* e */ -Infinity], \\u0061b: "x\\
y", stages: { one: { uses: "./a" } }, }`;
const JSONC = `// c
{ "name": "x", "a": [1, 0.5, { "b": "c\\"d", }, /* e */ null], }`;
const YAML = `name: x
a: &b { c: [1, "d", 'e''f', *b2], g: !!str 1 }
h: |
  i
j:
  - k: >-
      l
  - ? m
    : n
`;

const MUTATIONS = 3000;
const SIGNS = [...'{}[],:&*!|>\'"=.@#-?~ \t\n\r$\\/<^0aexu1_+é'];

/** A small generator of its own, so that a failure can be repeated. */
function* mutations(text: string): Generator<string> {
  let seed = 12_345;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let i = 0; i < MUTATIONS; i++) {
    let mutated = text;
    for (let edits = next(3); edits >= 0; edits--) {
      const at = next(mutated.length);
      mutated =
        mutated.slice(0, at) + (SIGNS[next(SIGNS.length)] ?? '') + mutated.slice(at + next(3));
    }
    yield mutated;
  }
}

test.each([
  ['TOML', readToml, TOML],
  ['JSON5', readJson5, JSON5],
  ['JSONC', readJsonc, JSONC],
  ['JSON', readJson, JSON.stringify({ name: 'x', a: [1.5e3, { b: 'c\n"' }, null], '': {} })],
  ['YAML', readYaml, YAML],
])('noise in %s never throws, and what is refused has a place', (_name, reader, text) => {
  let refused = 0;
  for (const mutated of mutations(text)) {
    const problems = new Problems();
    const root = reader(new ConfigSource('file', 'x', mutated), problems);
    if (root !== undefined) toPlain(root);
    const found = problems.sorted();
    if (found.length > 0) refused += 1;
    expect(found.filter(({ at }) => at === undefined || at.line < 1 || at.column < 1)).toEqual([]);
  }
  expect(refused).toBeGreaterThan(MUTATIONS / 10);
});
