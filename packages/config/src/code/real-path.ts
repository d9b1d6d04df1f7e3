import { realpathSync } from 'node:fs';

/** Without links on the way; as it is given when nothing is there. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
