import { describe, expect, test } from '@jest/globals';
import { readYaml } from '../parse/yaml-reader.ts';
import { ConfigSource } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import { childOf, mapNode } from '../tree/config-node.ts';
import { toPlain } from '../tree/to-plain.ts';
import { Interpolator } from './interpolator.ts';
import { readSecrets } from './read-secrets.ts';
import { envSecrets, type SecretProvider, SecretRegistry } from './secret-registry.ts';
import { parseTemplate } from './template.ts';

interface Filled {
  readonly value: unknown;
  readonly problems: readonly string[];
  readonly secrets: SecretRegistry;
}

async function fill(
  text: string,
  env: Record<string, string | undefined> = {},
  provider: SecretProvider = envSecrets(env),
): Promise<Filled> {
  const problems = new Problems();
  const root = readYaml(new ConfigSource('file', 'x.yaml', text), problems);
  const tree = root ?? mapNode(new Map(), new ConfigSource('file', '').span(0));
  const secrets = new SecretRegistry();
  const values = await readSecrets(tree, provider, secrets, problems);
  const params = childOf(tree, 'params');
  const interpolator = new Interpolator({
    params: params?.kind === 'map' ? params : undefined,
    env,
    secrets: values,
    problems,
  });
  return {
    value: toPlain(childOf(interpolator.resolve(tree), 'v') ?? tree),
    problems: problems.sorted().map(({ code, at }) => `${code} ${at?.line}:${at?.column}`),
    secrets,
  };
}

describe('a placeholder', () => {
  test('alone keeps the type of its param', async () => {
    const text = `params: { n: 30, b: false, z: null, l: [1, x], m: { k: 1 }, s: text }
v: { n: "\${n}", b: "\${b}", z: "\${z}", l: "\${l}", m: "\${m}", s: "\${s}" }`;
    const { value, problems } = await fill(text);
    expect(problems).toEqual([]);
    expect(value).toEqual({ n: 30, b: false, z: null, l: [1, 'x'], m: { k: 1 }, s: 'text' });
  });

  test('inside a text is written as in the file', async () => {
    const { value } = await fill(`params: { n: 1.10, b: true }\nv: "a \${n}-\${b}\${n}"`);
    expect(value).toBe('a 1.10-true1.10');
  });

  test('of an environment variable is text, its default stands in for none or an empty one', async () => {
    const text = `v: ["\${env:A}", "\${env:B:-x y}", "\${env:C:-d}", "\${env:D:-}", "\${env:E}"]`;
    const { value, problems } = await fill(text, { A: '4', C: '', E: '' });
    expect(problems).toEqual([]);
    expect(value).toEqual(['4', 'x y', 'd', '', '']);
  });

  test('behind a second $ is plain text', async () => {
    const { value, problems } = await fill(
      `params: { p: 1 }\nv: ["$\${p}", "$$\${p}", "a$$", "$1", "{p}"]`,
    );
    expect(problems).toEqual([]);
    expect(value).toEqual([`\${p}`, `$\${p}`, 'a$$', '$1', '{p}']);
  });

  test('in a param is filled from other params, in any order', async () => {
    const { value } = await fill(
      `params: { a: "\${b}/x", b: "\${c}", c: 7 }\nv: ["\${a}", "\${b}"]`,
    );
    expect(value).toEqual(['7/x', 7]);
  });

  test('in a key is left alone', async () => {
    const { value } = await fill(`params: { p: 1 }\nv: { "\${p}": "\${p}" }`);
    expect(JSON.stringify(value)).toBe(`{"\${p}":1}`);
  });

  test.each([
    ['an unknown param', `params: { date: 1 }\nv: x \${dat} y`, 'PARAM_UNKNOWN 2:6'],
    ['a missing variable', `v: "\${env:NOPE}"`, 'ENV_MISSING 1:5'],
    ['a missing secret', `v: "\${secret:NOPE}"`, 'SECRET_MISSING 1:4'],
    ['no end', `v: "a \${env:NOPE"`, 'PLACEHOLDER_SYNTAX 1:7'],
    ['nothing inside', `v: "\${}"`, 'PLACEHOLDER_SYNTAX 1:5'],
    ['an unknown kind', `v: "\${file:x}"`, 'PLACEHOLDER_SYNTAX 1:5'],
    ['a placeholder inside', `v: "\${env:A:-\${b}}"`, 'PLACEHOLDER_SYNTAX 1:5'],
    ['a default for a secret', `v: "\${secret:A:-b}"`, 'PLACEHOLDER_SYNTAX 1:5'],
    ['a list inside a text', `params: { l: [1] }\nv: "a \${l}"`, 'PLACEHOLDER_NOT_TEXT 2:7'],
    ['nothing inside a text', `params: { l: }\nv: "a \${l}"`, 'PLACEHOLDER_NOT_TEXT 2:7'],
    ['a param in a circle', `params: { a: "\${b}", b: "x\${a}" }\nv: "\${a}"`, 'PARAM_CYCLE 1:15'],
    ['a param of itself', `params: { a: "\${a}" }\nv: 1`, 'PARAM_CYCLE 1:15'],
  ])('with %s is reported at its place, once', async (_name, text, expected) => {
    expect((await fill(text)).problems).toEqual([expected]);
  });

  test('named like what objects inherit is not found by accident', async () => {
    const { problems } = await fill(
      `v: ["\${constructor}", "\${__proto__}", "\${env:toString}", "\${secret:constructor}"]`,
    );
    expect(problems).toEqual([
      'PARAM_UNKNOWN 1:6',
      'PARAM_UNKNOWN 1:24',
      'ENV_MISSING 1:40',
      'SECRET_MISSING 1:58',
    ]);
  });
});

describe('params that would explode', () => {
  test('as text are refused', async () => {
    const doubling = Array.from({ length: 40 }, (_, i) => `  p${i + 1}: "\${p${i}}\${p${i}}"`).join(
      '\n',
    );
    const { problems } = await fill(`params:\n  p0: xx\n${doubling}\nv: "\${p40}"`);
    expect(problems).toEqual(['CONFIG_EXPANSION 22:8']);
  });

  test('as lists are refused', async () => {
    const doubling = Array.from(
      { length: 40 },
      (_, i) => `  p${i + 1}: ["\${p${i}}", "\${p${i}}"]`,
    ).join('\n');
    const { problems } = await fill(`params:\n  p0: [1, 1]\n${doubling}\nv: "\${p40}"`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^CONFIG_EXPANSION /);
  });

  test('as a long chain are refused without a stack overflow', async () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => `  p${i}: "\${p${i + 1}}"`).join('\n');
    const { problems } = await fill(`params:\n${chain}\n  p20000: 1\nv: "\${p0}"`);
    expect(problems[0]).toMatch(/^PARAM_CYCLE /);
  });
});

describe('a secret', () => {
  test('is read once, yields its value and is registered', async () => {
    const reads: string[] = [];
    const provider: SecretProvider = {
      read: async (name) => {
        reads.push(name);
        return `value of ${name}`;
      },
    };
    const { value, secrets } = await fill(
      `v: ["\${secret:A}", "x \${secret:A}", "\${secret:b/c}"]`,
      {},
      provider,
    );
    expect(value).toEqual(['value of A', 'x value of A', 'value of b/c']);
    expect(reads.sort()).toEqual(['A', 'b/c']);
    expect(secrets.redact('say value of A and value of b/c')).toBe('say [secret] and [secret]');
  });

  test('that its provider cannot read is reported', async () => {
    const provider: SecretProvider = {
      read: () => Promise.reject(new TypeError('vault is sealed')),
    };
    expect((await fill(`v: "\${secret:A}"`, {}, provider)).problems).toEqual([
      'SECRET_UNREADABLE 1:4',
    ]);
  });

  test('that holds another one is redacted whole', () => {
    const registry = new SecretRegistry();
    registry.add('A', 'abcd');
    registry.add('B', 'abcdefgh');
    registry.add('C', '');
    expect(registry.redact('abcdefgh abcd')).toBe('[secret] [secret]');
  });

  test('is known in other writings and where it was cut, and told apart from a mere switch', () => {
    const registry = new SecretRegistry();
    registry.add('A', 'pass"word\\1');
    registry.add('B', 'true');
    const quoted = JSON.stringify({ got: 'pass"word\\1' });
    expect(registry.redact(`${quoted} true pass"w...`)).toBe('{"got":"[secret]"} true [secret]...');
    expect([quoted, 'pass"w...', 'true'].map((text) => registry.holds(text))).toEqual([
      true,
      false,
      false,
    ]);
    expect(registry.hide(`pass"w... ${quoted}`)).toBe('pass"w... {"got":"[secret]"}');
  });
});

test('a template is split into its parts', () => {
  expect(parseTemplate(`a\${p}$\${q}\${env:E:-x:-y}`)).toEqual({
    ok: true,
    value: [
      { kind: 'text', text: 'a' },
      { kind: 'param', name: 'p', source: `\${p}` },
      { kind: 'text', text: `\${q}` },
      { kind: 'env', name: 'E', fallback: 'x:-y', source: `\${env:E:-x:-y}` },
    ],
  });
});
