import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A draft lives for moments: one of an hour ago was left by a kill. */
const DRAFT_MS = 3_600_000;

export interface PruneOptions {
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly freshForMs: number;
}

/**
 * Removes what no scan will read any more: the folder of each date into which nothing was written for as long as its
 * files are fresh, and drafts that a kill has left. Never a reason to fail.
 */
export function pruneCache(folder: string, { now, freshForMs }: PruneOptions): void {
  for (const name of namesIn(folder)) {
    const date = join(folder, name);
    if (isOlder(date, now - freshForMs)) {
      rmSync(date, { recursive: true, force: true });
      continue;
    }
    const drafts = namesIn(date).filter((one) => one.endsWith('.tmp'));
    for (const path of drafts.map((draft) => join(date, draft))) {
      if (isOlder(path, now - DRAFT_MS)) rmSync(path, { force: true });
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isOlder(path: string, time: number): boolean {
  try {
    return statSync(path).mtimeMs < time;
  } catch {
    return false;
  }
}
