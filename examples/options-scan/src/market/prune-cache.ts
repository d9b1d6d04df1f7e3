import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface PruneOptions {
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly freshForMs: number;
}

/**
 * Removes what no scan will read any more: the folder of each date into which nothing was written for as long as its
 * files are fresh. Never a reason to fail.
 */
export function pruneCache(folder: string, { now, freshForMs }: PruneOptions): void {
  try {
    for (const name of readdirSync(folder)) {
      const date = join(folder, name);
      const isOld = statSync(date).mtimeMs < now - freshForMs;
      if (isOld) rmSync(date, { recursive: true, force: true });
    }
  } catch {
    // There is no cache yet, or another scan is removing the same.
  }
}
