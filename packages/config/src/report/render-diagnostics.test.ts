import { describe, expect, test } from '@jest/globals';
import type { Diagnostic } from '@millrace/core';
import { diagnosticsToJson } from './diagnostics-to-json.ts';
import { renderDiagnostics } from './render-diagnostics.ts';

const source = 'name: demo\nstages:\n  score:\n    with: { widnow: 30, text: "日本" }\n';
const sources = new Map([['pipeline.yaml', source]]);

const unknownKey: Diagnostic = {
  code: 'CONFIG_UNKNOWN_KEY',
  severity: 'error',
  message: 'unknown key "widnow"',
  path: ['stages', 'score', 'with', 'widnow'],
  at: { file: 'pipeline.yaml', line: 4, column: 13 },
  got: '30',
  expected: 'one of window',
  help: 'did you mean "window"?',
  related: [
    { message: 'the stage', path: [], at: { file: 'pipeline.yaml', line: 3, column: 3 } },
    { message: 'elsewhere', path: [], at: { file: 'other.ts', line: 7, column: 1 } },
  ],
};

const at = (line: number, column: number): Diagnostic => ({
  code: 'X',
  severity: 'error',
  message: 'm',
  path: [],
  at: { file: 'f', line, column },
});

const frameOf = (text: string, diagnostic: Diagnostic): string[] =>
  renderDiagnostics([diagnostic], { sources: new Map([['f', text]]) })
    .split('\n')
    .slice(3, 5);

describe('a rendered diagnostic', () => {
  test('shows the line with carets, what was got and expected, help and related places', () => {
    expect(renderDiagnostics([unknownKey], { sources })).toBe(
      `error[CONFIG_UNKNOWN_KEY]: unknown key "widnow"
  --> pipeline.yaml:4:13
  |
4 |     with: { widnow: 30, text: "日本" }
  |             ^^^^^^
  = got: 30
  = expected: one of window
  = help: did you mean "window"?
  = note: the stage
  --> pipeline.yaml:3:3
  |
3 |   score:
  |   ^^^^^
  = note: elsewhere
  --> other.ts:7:1

1 error`,
    );
  });

  test('shows help that tells what to write as lines', () => {
    const help = 'create a file with:\nname: x\nstages: {}';
    const { at: _, ...lost } = unknownKey;
    expect(renderDiagnostics([{ ...lost, related: [], help }])).toContain(
      '\n  = help: create a file with:\n      name: x\n      stages: {}\n',
    );
  });

  test('without a place or a source still says what is wrong', () => {
    const { at: _at, related: _related, ...bare } = unknownKey;
    expect(renderDiagnostics([bare]).split('\n')[1]).toBe('  = got: 30');
    expect(renderDiagnostics([unknownKey])).toMatch('--> pipeline.yaml:4:13\n  = got');
  });

  test('of a module without positions names the file only', () => {
    const text = renderDiagnostics([unknownKey], { sources: new Map([['pipeline.yaml', '']]) });
    expect(text).toMatch('--> pipeline.yaml\n');
  });

  test('is coloured on demand', () => {
    expect(renderDiagnostics([unknownKey], { sources, color: true })).toMatch('\u001b[31m');
    expect(renderDiagnostics([unknownKey], { sources })).not.toMatch('\u001b');
  });
});

describe('a code frame', () => {
  test.each([
    ['a: "x y", b', 4, '^^^^^'],
    ["a: 'it''s' # c", 4, '^^^^^^^'],
    ['a: some words # c', 4, '^^^^^^^^^^'],
    ['a: ./x.ts#Y', 4, '^^^^^^^^'],
    ['[a, b]', 2, '^'],
    ['{ key : 1 }', 3, '^^^'],
    [`a: "\${p} x"`, 5, '^^^^'],
    ['a: [1]', 4, '^'],
    ['a:', 3, '^'],
  ])('of %j marks its value', (text, column, marker) => {
    expect(frameOf(text, at(1, column))[1]).toBe(`  | ${' '.repeat(column - 1)}${marker}`);
  });

  test('counts wide signs twice and shows tabs as one space', () => {
    expect(frameOf('日本: x', at(1, 5))).toEqual(['1 | 日本: x', '  |       ^']);
    expect(frameOf('\ta: x', at(1, 5))).toEqual(['1 |  a: x', '  |     ^']);
  });

  test('cuts a long line around the place', () => {
    const [line = '', marker = ''] = frameOf(
      `${'x'.repeat(5000)}: y${'z'.repeat(5000)}`,
      at(1, 5003),
    );
    expect(line.length).toBeLessThan(120);
    expect(line.slice(0, 7)).toBe('1 | ...');
    expect(line[marker.indexOf('^')]).toBe('y');
    expect(marker.length).toBeLessThan(120);
  });
});

describe('the output', () => {
  test('is bounded', () => {
    const many = Array.from({ length: 5000 }, () => ({
      ...unknownKey,
      message: 'm'.repeat(10_000),
    }));
    const text = renderDiagnostics(many, { sources });
    expect(text.length).toBeLessThan(40_000);
    expect(text).toMatch('5000 errors (4980 not shown)');
  });

  test('holds no control characters of the config', () => {
    const hostile = 'a\u001b[2J\u0007\u202e\rb';
    const text = renderDiagnostics(
      [
        {
          ...unknownKey,
          message: hostile,
          got: hostile,
          help: hostile,
          at: { file: hostile, line: 1, column: 2 },
        },
      ],
      { sources: new Map([[hostile, `x${hostile}`]]) },
    );
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(text).not.toMatch('\u202e');
    expect(text).toMatch('\\u001b[2J');
  });

  test('counts warnings apart', () => {
    const text = renderDiagnostics([unknownKey, { ...unknownKey, severity: 'warning' }]);
    expect(text).toMatch(/warning\[CONFIG_UNKNOWN_KEY\][\s\S]*1 error and 1 warning$/);
  });

  test('for programs is plain data', () => {
    const json = diagnosticsToJson([unknownKey]);
    expect(JSON.parse(JSON.stringify(json))).toEqual({
      version: 1,
      errors: 1,
      warnings: 0,
      diagnostics: [unknownKey],
    });
  });
});
