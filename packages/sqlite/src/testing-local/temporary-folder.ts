import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the body a folder of its own and removes it afterwards, whatever happens. */
export async function inTemporaryFolder(body: (folder: string) => unknown): Promise<void> {
  const folder = createTemporaryFolder();
  try {
    await body(folder);
  } finally {
    removeFolder(folder);
  }
}

export function createTemporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'millrace-sqlite-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
