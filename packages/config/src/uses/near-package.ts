import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { suggestName } from '../source/suggest-name.ts';

const MOST_NAMES = 5000;

/** A package that files of the folder could import and that is named much like the wanted one. */
export async function nearPackage(wanted: string, folder: string): Promise<string | undefined> {
  const names: string[] = [];
  for (let here = folder; names.length < MOST_NAMES; here = dirname(here)) {
    names.push(...(await packagesIn(join(here, 'node_modules'))));
    if (dirname(here) === here) break;
  }
  return suggestName(wanted, names);
}

async function packagesIn(folder: string): Promise<string[]> {
  const names = await namesIn(folder);
  const scopes = names.filter((name) => name.startsWith('@'));
  const scoped = await Promise.all(
    scopes.map(async (scope) =>
      (await namesIn(join(folder, scope))).map((name) => `${scope}/${name}`),
    ),
  );
  return [...names.filter((name) => !/^[.@]/.test(name)), ...scoped.flat()];
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).slice(0, MOST_NAMES);
  } catch {
    return [];
  }
}
