import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifests } from './manifests.ts';

/** Those that node tries for `require`, in its order. */
const ENDINGS = ['.js', '.json', '.node', '.ts', '.cts', '.mts'];

/**
 * The real file behind a path. Endings are tried for `import` too: node itself would refuse to load
 * such a stage, but a loader such as tsx does not. An ending of JavaScript may stand for TypeScript.
 */
export function findModuleFile(path: string, manifests: Manifests): string | undefined {
  const exact = path.endsWith('/') ? undefined : realFile(path);
  return exact ?? firstFile(spellings(path)) ?? inFolder(path, manifests);
}

function spellings(path: string): string[] {
  if (path.endsWith('/')) return [];
  const source = path.replace(/\.([mc]?)js$/, '.$1ts');
  return [...(source === path ? [] : [source]), ...ENDINGS.map((ending) => path + ending)];
}

function inFolder(folder: string, manifests: Manifests): string | undefined {
  const main = manifests.in(folder)?.main;
  const index = ENDINGS.map((ending) => join(folder, `index${ending}`));
  if (main === undefined) return firstFile(index);
  const path = join(folder, main);
  return firstFile([
    path,
    ...spellings(path),
    ...ENDINGS.map((ending) => join(path, `index${ending}`)),
    ...index,
  ]);
}

function firstFile(paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const found = realFile(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Never a pipe or a device, which could be read without end. */
function realFile(path: string): string | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true
      ? realpathSync.native(path)
      : undefined;
  } catch {
    return undefined;
  }
}
