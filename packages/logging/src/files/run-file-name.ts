import { createHash } from 'node:crypto';

/** Ids as Millrace makes them: they are their own file name, on any file system. */
const PLAIN = /^[a-z0-9][a-z0-9_-]{0,99}$/;
/** Names that are devices on Windows, whatever follows the dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

const READABLE_LENGTH = 40;
const DIGEST_LENGTH = 32;

/**
 * A file name for a run id of any origin: it stays in its folder, and no two ids share one, also where
 * upper and lower case are the same. Ids that are not plain get a digest after a `~`, which no plain id has.
 */
export function runFileName(runId: string): string {
  if (PLAIN.test(runId) && !DEVICE.test(runId)) return `${runId}.log`;
  const readable = runId
    .slice(0, READABLE_LENGTH)
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '_');
  const digest = createHash('sha256').update(runId, 'utf16le').digest('hex');
  return `${readable}~${digest.slice(0, DIGEST_LENGTH)}.log`;
}
