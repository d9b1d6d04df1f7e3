import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFile, replaceFile } from './replace-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that is replaced', () => {
  test('is made with its folders, and nothing is left beside it', () => {
    replaceFile(join(folder, 'a/b.txt'), 'one');
    replaceFile(join(folder, 'a/b.txt'), Buffer.from('two'));
    expect(readFileSync(join(folder, 'a/b.txt'), 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.txt']);
  });

  test('keeps its permissions, and a link to it stays one', () => {
    writeFileSync(join(folder, 'a.txt'), 'one');
    chmodSync(join(folder, 'a.txt'), 0o640);
    symlinkSync('a.txt', join(folder, 'link.txt'));
    replaceFile(join(folder, 'link.txt'), 'two');
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('two');
    expect(statSync(join(folder, 'a.txt')).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(folder, 'link.txt')).isSymbolicLink()).toBe(true);
  });

  test('is told when it cannot be', () => {
    writeFileSync(join(folder, 'a.txt'), 'one');
    expect(() => replaceFile(join(folder, 'a.txt/b.txt'), 'two')).toThrow(
      expect.objectContaining({ code: 'FILE_UNWRITABLE' }),
    );
    expect(() => replaceFile(folder, 'two')).toThrow(/cannot be written/);
  });
});

test('a file that is created is not one that was there', () => {
  createFile(join(folder, 'a/b.txt'), 'one');
  expect(() => createFile(join(folder, 'a/b.txt'), 'two')).toThrow(
    expect.objectContaining({ code: 'FILE_UNWRITABLE' }),
  );
  expect(readFileSync(join(folder, 'a/b.txt'), 'utf8')).toBe('one');
});
