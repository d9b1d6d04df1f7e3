import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** A new folder below the one of this process, which is gone with it. */
export function workFolder(name: string): string {
  folder ??= makeFolder();
  return mkdtempSync(join(folder, `${name}-`));
}

function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}
