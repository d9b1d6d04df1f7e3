import { resolve, win32 } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createRunId } from '@millrace/core';
import { runFileName } from './run-file-name.ts';

const STRANGE = [
  '',
  '.',
  '..',
  '../../etc/passwd',
  '/etc/passwd',
  '..\\..\\boot.ini',
  'C:\\boot.ini',
  'a/b',
  'a_b',
  'a\u0000b',
  'a\nb',
  'con',
  'CON',
  'nul',
  'com1',
  'Run-1',
  'run-1',
  'RUN-1',
  'run-1 ',
  'run-1.',
  'run.1',
  '~',
  'é',
  'e\u0301',
  '\ud800',
  '\ud801',
  '%2e%2e%2f',
  'x'.repeat(100),
  'x'.repeat(101),
  'x'.repeat(100_000),
];

describe('runFileName', () => {
  it('keeps the ids that Millrace makes as they are', () => {
    const id = createRunId(Date.UTC(2026, 10, 21, 11, 33, 55));
    expect(runFileName(id)).toBe(`${id}.log`);
  });

  it.each(STRANGE)('stays in its folder for %j', (id) => {
    const name = runFileName(id);
    expect(name).toMatch(/^[a-z0-9_~-]+\.log$/);
    expect(name.length).toBeLessThan(120);
    expect(resolve('/logs', name)).toBe(`/logs/${name}`);
    expect(win32.basename(name)).toBe(name);
    expect(name).not.toMatch(/^(?:con|nul|com1)\./);
  });

  it('gives no two ids the same name, even where case does not count', () => {
    const names = STRANGE.map((id) => runFileName(id).toLowerCase());
    expect(new Set(names).size).toBe(STRANGE.length);
  });
});
