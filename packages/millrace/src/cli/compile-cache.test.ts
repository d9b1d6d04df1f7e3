import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const MODULE = new URL('compile-cache.ts', import.meta.url).href;

let folder: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-cache-'));
  cache = join(folder, 'cache');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** In a process of its own, since a cache that is enabled stays so. */
function keptIn(path: string): string {
  const script = `
    const { keepCompiledCode } = await import(${JSON.stringify(MODULE)});
    process.stdout.write(String(keepCompiledCode(${JSON.stringify(path)})));
    await import('node:util');
  `;
  const env = { PATH: process.env.PATH, TMPDIR: folder };
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  return spawnSync(process.execPath, args, { encoding: 'utf8', env }).stdout;
}

describe('compiled code is kept', () => {
  test('in a folder that is made for one person alone', () => {
    expect(keptIn(cache)).toBe('true');
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    expect(readdirSync(cache)).not.toEqual([]);
  });

  test('in none that others may write or read', () => {
    mkdirSync(cache);
    for (const mode of [0o777, 0o750, 0o705]) {
      chmodSync(cache, mode);
      expect(keptIn(cache)).toBe('false');
    }
    expect(readdirSync(cache)).toEqual([]);
  });

  test('in none behind a link, where a file lies, or that cannot be made', () => {
    mkdirSync(join(folder, 'real'), { mode: 0o700 });
    symlinkSync(join(folder, 'real'), cache);
    expect(keptIn(cache)).toBe('false');
    writeFileSync(join(folder, 'file'), '');
    expect(keptIn(join(folder, 'file'))).toBe('false');
    expect(keptIn(join(folder, 'file', 'below'))).toBe('false');
  });
});
