import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadConfig } from './load-config.ts';
import { renderDiagnostics } from './report/render-diagnostics.ts';
import { placesOf, refusal } from './testing-local/outcome.ts';
import { Project } from './testing-local/project.ts';
import { stageSource } from './testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'stages/a.ts': stageSource() });
});

afterEach(() => project.remove());

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const good = 'name: x\nstages: { a: { uses: ./stages/a.ts } }\n';

async function placesFor(content: string | Uint8Array, file = 'h.yaml'): Promise<string[]> {
  await project.write({ [file]: content });
  return placesOf(await refusal(project, { file }), file);
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

describe('bytes', () => {
  test.each([
    ['a NUL', `${good}# \u0000`, 'CONFIG_CONTROL_CHARACTER 3:3'],
    ['an escape sequence', `name: "\u001b[2J"\n`, 'CONFIG_CONTROL_CHARACTER 1:8'],
    [
      'Latin-1',
      Uint8Array.of(...encode('name: caf'), 0xe9, ...encode('\n')),
      'CONFIG_ENCODING 1:10',
    ],
    [
      'a character cut off',
      Uint8Array.of(...encode('a: 1\nb: '), 0xe2, 0x82),
      'CONFIG_ENCODING 2:4',
    ],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0x00), 'CONFIG_ENCODING 1:1'],
    [
      'half a surrogate pair',
      Uint8Array.of(...encode('a: '), 0xed, 0xa0, 0x80),
      'CONFIG_ENCODING 1:4',
    ],
  ])('with %s are refused', async (_name, content, expected) => {
    expect(await placesFor(content)).toEqual([expected]);
  });

  test('with a byte order mark and CRLF line ends are read, places counted without the mark', async () => {
    expect(await placesFor(`\ufeff${good}`)).toEqual([]);
    expect(await placesFor(good.replaceAll('\n', '\r\n'))).toEqual([]);
    expect(await placesFor(`\ufeffname: x\r\nnmae: y\r\nstages: {}\r\n`)).toEqual([
      'CONFIG_UNKNOWN_KEY 2:1',
      'PIPELINE_EMPTY 3:9',
    ]);
  });
});

describe('size', () => {
  test('past the limit is refused before the file is read', async () => {
    const startedAt = performance.now();
    await project.write({ 'h.yaml': new Uint8Array(50_000_000).fill(0x61) });
    const [found] = await refusal(project, { file: 'h.yaml' });
    expect(found).toMatchObject({ code: 'CONFIG_TOO_LARGE', got: '50000000 bytes' });
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect(placesOf(await refusal(project, { file: 'h.yaml', maxBytes: 10 }))).toEqual([
      'CONFIG_TOO_LARGE',
    ]);
  });

  test('of a line of megabytes gives a bounded answer', async () => {
    await project.write({ 'h.yaml': `name: [${'x, '.repeat(1_000_000)}\n` });
    const loaded = await loadConfig({ cwd: project.folder, file: 'h.yaml' });
    if (loaded.ok) throw new TypeError('expected a refusal');
    const { diagnostics, sources } = loaded.problem;
    expect(renderDiagnostics(diagnostics, { sources }).length).toBeLessThan(2000);
  });
});

describe('many problems', () => {
  test.each([
    ['unknown keys', `name: x\n${lines(50_000, (i) => `k${i}: 1`)}`],
    [
      'unknown params',
      `name: x\nparams:\n${lines(20_000, (i) => `  p${i}: "\${q${i}}"`)}stages: {}\n`,
    ],
    ['unknown aliases', `name: x\nstages:\n${lines(50_000, (i) => `  p${i}: *q${i}`)}`],
    ['duplicate keys', `name: x\nstages:\n${lines(50_000, () => '  p: {}')}`],
    ['wrong stages', `name: x\nstages:\n${lines(20_000, (i) => `  p${i}: { us: S, nedes: [] }`)}`],
    ['long keys', `name: x\n${'a:'.repeat(1_000_000)}`],
  ])('of one kind, %s, are bounded in number and time', async (_name, text) => {
    await project.write({ 'h.yaml': text });
    const startedAt = performance.now();
    const found = await refusal(project, { file: 'h.yaml' });
    expect(performance.now() - startedAt).toBeLessThan(4000);
    expect(found.length).toBeLessThanOrEqual(1001);
    if (found.length === 1001) expect(found.at(-1)?.code).toBe('CONFIG_TOO_MANY');
  });
});

describe('ids and uses', () => {
  test('that look like paths stay text', async () => {
    expect(
      await placesFor('name: x\nstages: { ../../etc/passwd: { uses: ./stages/a.ts } }\n'),
    ).toEqual([]);
  });

  test.each(['../../../etc/passwd', './stages/../../x.ts', '/etc/passwd', 'file:///etc/passwd'])(
    'that lead out of the project are refused: %s',
    async (uses) => {
      expect(await placesFor(`name: x\nstages: { a: { uses: "${uses}" } }\n`)).toEqual([
        'USES_OUTSIDE 2:22',
      ]);
    },
  );

  test('that are a dependency named like what objects inherit are unknown stages', async () => {
    expect(
      await placesFor(
        'name: x\nstages: { a: { uses: ./stages/a.ts, needs: [toString, __proto__] } }\n',
      ),
    ).toEqual(['DEPENDENCY_UNKNOWN 2:45', 'DEPENDENCY_UNKNOWN 2:55']);
  });

  test('with NUL inside are refused without a crash', async () => {
    expect(await placesFor('name: x\nstages: { a: { uses: "./a\\0.ts" } }\n')).toEqual([
      'USES_FILE_MISSING 2:22',
    ]);
  });
});

describe('noise', () => {
  /** A small generator of its own, so that a failure can be repeated by its seed. */
  function* mutations(text: string, count: number): Generator<string> {
    let seed = 12_345;
    const next = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    const signs = [...'{}[],:&*!|>\'"%@`#-?~ \t\n$\\/<=^0aé\u0007'];
    for (let i = 0; i < count; i++) {
      const at = next(text.length);
      yield text.slice(0, at) + (signs[next(signs.length)] ?? '') + text.slice(at + next(3));
    }
  }

  test('never throws, and what is refused has a place and a known code', async () => {
    const text = `name: x
params: { w: 5 }
context: { k: [1, 2.5, &a "t", *a] }
stages:
  a: { uses: ./stages/a.ts, with: { window: "\${w}" }, timeout: 5m }
  b:
    uses: ./stages/a.ts#Named
    needs: [a]
    retry: { attempts: 2, delay: 1s }
`;
    let refused = 0;
    for (const mutation of mutations(text, 400)) {
      await project.write({ 'h.yaml': mutation });
      const loaded = await loadConfig({ cwd: project.folder, file: 'h.yaml', env: {} });
      if (loaded.ok) continue;
      refused += 1;
      const { diagnostics, sources } = loaded.problem;
      for (const { at, code } of diagnostics) {
        expect(at?.line).toBeGreaterThan(0);
        expect(code).toMatch(/^[A-Z_]+$/);
      }
      expect(renderDiagnostics(diagnostics, { sources }).length).toBeLessThan(20_000);
    }
    expect(refused).toBeGreaterThan(100);
  });
});
