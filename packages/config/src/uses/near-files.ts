import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nearestName } from '@millrace/core';

/** The path as written, with its file or its folder corrected, or undefined when nothing is near. */
export async function nearFile(written: string, file: string): Promise<string | undefined> {
  const names = await namesIn(dirname(file));
  return names === undefined ? inNearFolder(written, file) : nearName(written, file, names);
}

/** The folder is not there: another one beside it may be meant. */
async function inNearFolder(written: string, file: string): Promise<string | undefined> {
  const slash = written.lastIndexOf('/');
  const wanted = dirname(file);
  const beside = slash === -1 ? undefined : await namesIn(dirname(wanted));
  const folder = beside && nearName(written.slice(0, slash), wanted, beside);
  if (folder === undefined) return undefined;
  const path = `${folder}${written.slice(slash)}`;
  const moved = join(dirname(wanted), basename(folder));
  const names = (await namesIn(moved)) ?? [];
  if (names.includes(basename(file))) return path;
  return nearName(path, join(moved, basename(file)), names);
}

function nearName(written: string, file: string, names: readonly string[]): string | undefined {
  const wanted = basename(file);
  const withoutEnding = wanted.replace(/\.[^.]*$/, '');
  // `ingest.js` for `ingest.ts` is nearer than any other name.
  const sameStem = names.find(
    (name) => name !== wanted && name.replace(/\.[^.]*$/, '') === withoutEnding,
  );
  const near = sameStem ?? nearestName(wanted, names);
  return near === undefined ? undefined : written.slice(0, written.length - wanted.length) + near;
}

/** Undefined when there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(folder)).slice(0, 1000);
  } catch {
    return undefined;
  }
}
