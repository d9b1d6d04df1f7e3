import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { currentProcess } from '@millrace/core';
import { ArtifactFiles } from './artifact-files.ts';
import { createTemporaryFolder, removeFolder } from './testing-local/temporary-folder.ts';

const HASH = 'ab'.repeat(32);

let base: string;
let folder: string;
let files: ArtifactFiles;

beforeEach(() => {
  base = createTemporaryFolder();
  folder = join(base, 'store.artifacts');
  files = new ArtifactFiles(folder);
});
afterEach(() => removeFolder(base));

describe('ArtifactFiles', () => {
  it('makes no folder before there is a file', () => {
    files.removeAbandoned();
    expect(files.read(HASH)).toBeUndefined();
    expect(existsSync(folder)).toBe(false);
  });

  it('keeps text as UTF-8 and bytes as they are, under the hash', () => {
    files.write(HASH, 'naïve 🦊');
    expect(files.read(HASH)?.toString('utf8')).toBe('naïve 🦊');
    expect(readdirSync(join(folder, 'ab'))).toEqual([HASH]);
    const other = `cd${HASH.slice(2)}`;
    files.write(other, Uint8Array.of(0, 255, 10));
    expect([...(files.read(other) ?? [])]).toEqual([0, 255, 10]);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  it('replaces a file that holds something else', () => {
    files.write(HASH, 'sound');
    writeFileSync(join(folder, 'ab', HASH), 'souND');
    files.write(HASH, 'sound');
    expect(files.read(HASH)?.toString()).toBe('sound');
  });

  it('takes no hash that could lead out of the folder', () => {
    for (const hash of ['../../etc/passwd', '', 'AB'.repeat(32), '__proto__', 'ab/cd', 'abc']) {
      expect(files.accepts(hash)).toBe(false);
      expect(files.read(hash)).toBeUndefined();
    }
  });

  it('removes what dead processes left half written, and nothing else', () => {
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary, { recursive: true });
    const { pid: deadPid } = spawnSync(process.execPath, ['--version']);
    const start = currentProcess().processStart.replaceAll(':', '.');
    const kept = [`${process.pid}_${start}_a`, '1_other_b', 'notes.txt'];
    const abandoned = [`${deadPid}_${start}_c`, `${process.pid}_1.2_d`];
    for (const name of [...kept, ...abandoned]) writeFileSync(join(temporary, name), 'half');
    files.removeAbandoned();
    expect(readdirSync(temporary).sort()).toEqual(kept.sort());
  });
});
