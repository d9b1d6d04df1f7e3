import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

const DIGEST_LENGTH = 32;

/** Digest of each file's content, in their order. A file that cannot be read has its fault for a digest. */
export async function fileDigests(files: readonly string[]): Promise<readonly string[]> {
  const digests: string[] = [];
  // One after the other: a disk reads no faster at several places, and a process may open only so many.
  for (const file of files) digests.push(await fileDigest(file));
  return digests;
}

async function fileDigest(file: string): Promise<string> {
  const sum = createHash('sha256');
  try {
    await pipeline(createReadStream(file), sum);
    return sum.digest('hex').slice(0, DIGEST_LENGTH);
  } catch (error) {
    return `unreadable ${(error as NodeJS.ErrnoException).code ?? ''}`;
  }
}
