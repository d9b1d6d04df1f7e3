import { describe, expect, test } from '@jest/globals';
import { namedSchema, schemaLine, withFirstLine } from './schema-line.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const linked = (text: string, line = '# line'): string =>
  Buffer.from(withFirstLine(bytes(text), line)).toString();

describe('the line that names a schema', () => {
  test.each([
    ['a.yaml', '# yaml-language-server: $schema=./s.json'],
    ['a.YML', '# yaml-language-server: $schema=./s.json'],
    ['.millracerc', '# yaml-language-server: $schema=./s.json'],
    ['a.toml', '#:schema ./s.json'],
  ])('of %s is a comment that its editors know', (file, line) => {
    expect(schemaLine(file, './s.json')).toBe(line);
    expect(namedSchema(file, `name: x\n${line}\n`)).toBe('./s.json');
  });

  test.each(['a.json', 'b.jsonc', 'c.json5'])('is a key in %s', (file) => {
    expect(schemaLine(file, './s.json')).toBeUndefined();
    expect(namedSchema(file, '{\n  "$schema": "./s.json", "name": "x" }')).toBe('./s.json');
    expect(namedSchema(file, '{ "name": "$schema", "with": { "$schema": "x" } }')).toBeUndefined();
    expect(namedSchema('package.json', '{ "$schema": "./s.json" }')).toBeUndefined();
  });

  test.each(['a.json', 'a.ts', 'package.json'])('does not exist in %s', (file) => {
    expect(schemaLine(file, './s.json')).toBeUndefined();
    expect(namedSchema(file, '# yaml-language-server: $schema=./s.json')).toBeUndefined();
  });

  test('cannot name a path with a space', () => {
    expect(schemaLine('a.yaml', './my schemas/s.json')).toBeUndefined();
  });

  test('is found with other spacing, and not inside a value', () => {
    for (const line of ['#  yaml-language-server : $schema: x.json', '# $schema: x.json'])
      expect(namedSchema('a.yaml', line)).toBe('x.json');
    expect(namedSchema('a.yaml', 'a: "# yaml-language-server: $schema=x.json"')).toBeUndefined();
  });
});

describe('a config with a line before its first', () => {
  test.each([
    ['an empty one', '', '# line\n'],
    ['one line', 'name: x', '# line\nname: x'],
    ['Unix lines', 'a: 1\nb: 2\r\n', '# line\na: 1\nb: 2\r\n'],
    ['Windows lines', 'a: 1\r\nb: 2\n', '# line\r\na: 1\r\nb: 2\n'],
    ['a byte order mark', '\ufeffa: 1\n', '\ufeff# line\na: 1\n'],
    ['a directive', '%YAML 1.2\n---\na: 1\n', '# line\n%YAML 1.2\n---\na: 1\n'],
  ])('keeps the rest: %s', (_name, before, after) => {
    expect(linked(before)).toBe(after);
  });

  test('keeps bytes that are no text', () => {
    const odd = Uint8Array.of(0xff, 0x00, 0x0a, 0xc3);
    expect([...withFirstLine(odd, '#')]).toEqual([0x23, 0x0a, 0xff, 0x00, 0x0a, 0xc3]);
  });
});
