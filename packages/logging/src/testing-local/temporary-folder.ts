import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogLine } from '../line/log-line.ts';

/** Gives the body a folder of its own and removes it afterwards, whatever happens. */
export async function inTemporaryFolder(body: (folder: string) => unknown): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-logging-'));
  try {
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function readLines(path: string): LogLine[] {
  const text = readFileSync(path, 'utf8');
  if (!text.endsWith('\n')) throw new RangeError(`${path} ends inside a line`);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
}
