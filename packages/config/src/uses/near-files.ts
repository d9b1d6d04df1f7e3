import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nearestName } from '@millrace/core';

/** Neither hidden nor a file with an ending; what is installed is nobody's own. */
const PLAIN_FOLDER = /^(?!node_modules$)[^.]+$/;
const MOST_FOLDERS = 50;

/** The path as written, with its file or its folder corrected, or undefined when nothing is near. */
export async function nearFile(written: string, file: string): Promise<string | undefined> {
  const names = await namesIn(dirname(file));
  if (names === undefined) return inNearFolder(written, file);
  return nearName(written, file, names) ?? inFolderBelow(written, file, names);
}

/** A file of the very name may lie one folder deeper. */
async function inFolderBelow(
  written: string,
  file: string,
  names: readonly string[],
): Promise<string | undefined> {
  const name = basename(file);
  const beside = written.slice(0, written.length - name.length);
  for (const folder of names.filter((other) => PLAIN_FOLDER.test(other)).slice(0, MOST_FOLDERS)) {
    const inside = await namesIn(join(dirname(file), folder));
    if (inside?.includes(name) === true) return `${beside}${folder}/${name}`;
  }
  return undefined;
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
