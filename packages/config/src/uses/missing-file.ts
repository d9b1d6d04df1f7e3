import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import { MODULE_ENDINGS } from './module-endings.ts';
import { nearFile } from './near-files.ts';
import type { UsesFault } from './uses-fault.ts';

interface MissingFile {
  /** Absolute. */
  readonly file: string;
  /** As it is written. */
  readonly shown: string;
  /** The file that it is relative to. */
  readonly beside: string;
}

const MOST_NAMES = 5;

/** What to say of a `uses` whose path is no file: it may be a folder, or another name be meant. */
export async function missingFile({ file, shown, beside }: MissingFile): Promise<UsesFault> {
  const modules = await modulesIn(file);
  if (modules !== undefined) return folderFault(shown, modules);
  const near = await nearFile(shown, file);
  return {
    code: 'USES_FILE_MISSING',
    message: `there is no file ${JSON.stringify(shown)} beside ${beside}`,
    got: file,
    help: near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`,
  };
}

function folderFault(shown: string, modules: readonly string[]): UsesFault {
  const folder = shown.replace(/[\\/]+$/, '');
  const files = modules.slice(0, MOST_NAMES).map((name) => `${folder}/${name}`);
  const [first] = files;
  return {
    code: 'USES_FILE_MISSING',
    message: `${JSON.stringify(shown)} is a folder, not the file of a stage`,
    expected:
      first === undefined
        ? `a file that ends in ${MODULE_ENDINGS.join(' ')}`
        : `a file of it, such as ${files.join(', ')}`,
    help: first === undefined ? undefined : `name one of its files: uses: ${first}`,
  };
}

/** By name; undefined for what is no folder. */
async function modulesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => isStageFile(name)).sort();
  } catch {
    return undefined;
  }
}

function isStageFile(name: string): boolean {
  return MODULE_ENDINGS.includes(extname(name)) && !/\.(?:test|spec|d)\./.test(name);
}
