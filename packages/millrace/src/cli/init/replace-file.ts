import { randomUUID } from 'node:crypto';
import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MillraceError } from '@millrace/core';

/**
 * Writes a file whole, or leaves the one that was there. Missing folders are made; a link stays one,
 * and an old file keeps its permissions.
 * @param path absolute
 * @throws MillraceError FILE_UNWRITABLE
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const old = statSync(path, { throwIfNoEntry: false });
    // A pipe or a device cannot be replaced, and /dev/null must not be.
    if (old !== undefined && !old.isFile()) writeFileSync(path, content);
    else replace(old === undefined ? path : realpathSync(path), content, old?.mode);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Writes a file that was not there.
 * @throws MillraceError FILE_UNWRITABLE, also when it is there by now
 */
export function createFile(path: string, content: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    throw unwritable(path, error);
  }
}

function replace(file: string, content: string | Uint8Array, mode: number | undefined): void {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    writeFileSync(temporary, content, { flush: true, ...(mode === undefined ? {} : { mode }) });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function unwritable(path: string, error: unknown): MillraceError {
  const reason = error instanceof Error ? error.message : String(error);
  return new MillraceError('FILE_UNWRITABLE', `${path} cannot be written: ${reason}`, {
    details: { path },
    cause: error,
    help: 'correct the path, the permissions or free space, and run the command again',
  });
}
