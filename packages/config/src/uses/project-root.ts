import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/** The folder of the nearest package.json at or above `folder`, else `folder` itself. */
export function projectRoot(folder: string): string {
  for (let here = folder; ; here = dirname(here)) {
    if (existsSync(join(here, 'package.json'))) return here;
    if (dirname(here) === here) return folder;
  }
}

/** Whether a real path lies in the project, or in an installed package. */
export function mayImport(realFile: string, realRoot: string): boolean {
  if (realFile.split(sep).includes('node_modules')) return true;
  const inside = relative(realRoot, realFile);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
