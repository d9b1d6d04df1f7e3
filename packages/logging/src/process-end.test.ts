import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { inTemporaryFolder, readLines } from './testing-local/temporary-folder.ts';

const LINES = 1_000;

function runToItsEnd(dir: string, end: string) {
  const script = fileURLToPath(new URL('testing-local/log-and-die.ts', import.meta.url));
  const hook = new URL('testing-local/source-packages.ts', import.meta.url).href;
  const flags = ['--disable-warning=ExperimentalWarning', '--import', hook];
  return spawnSync(process.execPath, [...flags, script, dir, end, String(LINES)], {
    encoding: 'utf8',
  });
}

describe('the end of a process', () => {
  it.each([
    ['process.exit right after logging', 'exit', { status: 1, signal: null }, ''],
    ['an error that nobody catches', 'throw', { status: 1, signal: null }, 'nobody catches this'],
    ['SIGKILL', 'kill', { status: null, signal: 'SIGKILL' }, ''],
    ['a quiet end', 'quiet', { status: 9, signal: null }, ''],
  ])('by %s loses no line', async (_, end, expected, stderr) => {
    await inTemporaryFolder((dir) => {
      const child = runToItsEnd(dir, end);
      expect(child).toMatchObject(expected);
      if (stderr === '') expect(child.stderr).toBe('');
      else expect(child.stderr).toContain(stderr);
      const messages = readLines(join(dir, 'run-1.log')).map(({ message }) => message);
      expect(messages).toEqual(Array.from({ length: LINES }, (_line, index) => `line ${index}`));
    });
  });
});
