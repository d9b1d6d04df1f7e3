import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type FileEntry, UNREADABLE } from '../plan/index.ts';

const DIGEST_LENGTH = 32;

/** What each file holds by now, in their order. @param files absolute paths */
export async function fileEntries(files: readonly string[]): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = [];
  // One after the other: a disk reads no faster at several places, and a process may open only so many.
  for (const file of new Set(files)) entries.push([shownPath(file), await fileDigest(file)]);
  return entries;
}

/** Relative where that is possible, so that a project may be moved. */
function shownPath(file: string): string {
  const path = relative(process.cwd(), file).replaceAll(sep, '/');
  return path.startsWith('../') || isAbsolute(path) ? file : path;
}

async function fileDigest(file: string): Promise<string> {
  const sum = createHash('sha256');
  try {
    await pipeline(createReadStream(file), sum);
    return sum.digest('hex').slice(0, DIGEST_LENGTH);
  } catch (error) {
    return `${UNREADABLE}${(error as NodeJS.ErrnoException).code ?? ''}`;
  }
}
