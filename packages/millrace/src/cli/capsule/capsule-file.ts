import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Capsule, capsuleText, MillraceError, readCapsule } from '@millrace/core';

/** Inputs of a pipeline are nobody else's business. */
const OWNER_ONLY = 0o600;

/** Letters of a stage in the name of a file. */
const LONGEST_NAME = 60;

/** The name of a capsule's file when none is given: letters of the stage that no file can have are replaced. */
export function capsuleFileName({ head }: Capsule): string {
  const stage = head.stage.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, LONGEST_NAME);
  return `${head.runId}-${stage}.capsule.json`;
}

interface Destination {
  /** Absolute. */
  readonly path: string;
  /** Whether a file that is there may go. */
  readonly mayReplace: boolean;
}

/**
 * Writes a capsule whole, or leaves the file that was there.
 * @returns the bytes that were written
 * @throws MillraceError CAPSULE_EXISTS, CAPSULE_TOO_LARGE, FILE_UNWRITABLE
 */
export async function writeCapsule(
  { path, mayReplace }: Destination,
  capsule: Capsule,
): Promise<number> {
  const old = await stat(path).catch(() => undefined);
  if (old?.isFile() === true && !mayReplace) throw alreadyThere(path);
  const parts = capsuleText(capsule);
  // What is too large is told before there is a file.
  const first = parts.next().value ?? '';
  try {
    // A pipe or a device cannot be replaced, and /dev/stdout must not be.
    if (old !== undefined && !old.isFile())
      return await written(await open(path, 'w'), first, parts);
    return await replaced(old === undefined ? path : await realpath(path), first, parts);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MillraceError('FILE_UNWRITABLE', `${path} cannot be written: ${reason}`, {
      details: { path },
      cause: error,
      help: 'name another file with --out',
    });
  }
}

function alreadyThere(path: string): MillraceError {
  return new MillraceError('CAPSULE_EXISTS', `${path} is there already; nothing was written`, {
    details: { path },
    help: 'name another file with --out, or replace this one with --force',
  });
}

async function replaced(path: string, first: string, rest: Iterable<string>): Promise<number> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx', OWNER_ONLY);
    const bytes = await written(file, first, rest);
    await rename(temporary, path);
    return bytes;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function written(file: FileHandle, first: string, rest: Iterable<string>): Promise<number> {
  let bytes = Buffer.byteLength(first);
  try {
    await file.appendFile(first);
    for (const part of rest) {
      await file.appendFile(part);
      bytes += Buffer.byteLength(part);
    }
    // A pipe has no disk to reach.
    if ((await file.stat()).isFile()) await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

/**
 * Reads a capsule and checks it in full; nothing of it is executed.
 * @param path absolute
 * @param name what messages call it
 * @throws MillraceError CAPSULE_INVALID, CAPSULE_NEWER, CAPSULE_UNREADABLE
 */
export async function loadCapsule(path: string, name: string): Promise<Capsule> {
  return readCapsule(await textOf(path, name), name);
}

async function textOf(path: string, name: string): Promise<string> {
  try {
    if ((await stat(path)).isDirectory()) throw new TypeError('it is a folder');
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MillraceError('CAPSULE_UNREADABLE', `${name} cannot be read: ${reason}`, {
      details: { file: name },
      cause: error,
      help: 'name a file that `millrace capsule` made',
    });
  }
}
