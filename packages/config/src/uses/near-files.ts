import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { nearestName } from '@millrace/core';

/** The path as written, with its last existing part corrected, or undefined when nothing is near. */
export async function nearFile(written: string, file: string): Promise<string | undefined> {
  const names = await namesIn(dirname(file));
  const wanted = basename(file);
  const withoutEnding = wanted.replace(/\.[^.]*$/, '');
  // `ingest.js` for `ingest.ts` is nearer than any other name.
  const sameStem = names.find(
    (name) => name !== wanted && name.replace(/\.[^.]*$/, '') === withoutEnding,
  );
  const near = sameStem ?? nearestName(wanted, names);
  return near === undefined ? undefined : written.slice(0, written.length - wanted.length) + near;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).slice(0, 1000);
  } catch {
    return [];
  }
}
