import { rmSync, statSync } from 'node:fs';
import type { RunVerdict } from '@millrace/core';
import { logFileOf } from '../runs/log-file.ts';
import { readOverrides } from '../runs/stored-overrides.ts';

/**
 * Removes the log of each run that is gone, where its record said that it is. One that cannot be removed stays, and
 * is told of nowhere: it says nothing that the store still needs.
 * @returns how many there were
 */
export function removeLogs(deleted: readonly RunVerdict[]): number {
  let count = 0;
  for (const { run } of deleted) {
    const file = logFileOf(readOverrides(run.source).logDir, run.id);
    if (file === undefined || !isFile(file)) continue;
    try {
      rmSync(file);
      count += 1;
    } catch {
      // Its folder may belong to somebody else.
    }
  }
  return count;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
