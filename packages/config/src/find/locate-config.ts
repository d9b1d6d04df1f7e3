import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Problems } from '../source/problems.ts';
import { suggestName } from '../source/suggest-name.ts';
import { findConfig } from './find-config.ts';
import { shownPath } from './shown-path.ts';

/** The config file to read: the one asked for, or the one that belongs to the folder. */
export async function locateConfig(
  { file, folder }: { readonly file: string | undefined; readonly folder: string },
  problems: Problems,
): Promise<string | undefined> {
  if (file !== undefined) return existing(resolve(folder, file), folder, problems);
  const found = await findConfig(folder);
  if (found !== undefined) return found;
  problems.report({
    code: 'CONFIG_NOT_FOUND',
    message: `no config file found in ${folder} or the folders above it, up to the nearest package.json`,
    expected:
      'millrace.config.yaml (or .yml .json .jsonc .json5 .toml .ts .js .mjs .cjs), .millracerc, or "millrace" in package.json',
    help: 'name a file, or create millrace.config.yaml with:\nname: my-pipeline\nstages: { first: { uses: ./stages/first.ts } }',
  });
  return undefined;
}

async function existing(
  file: string,
  folder: string,
  problems: Problems,
): Promise<string | undefined> {
  try {
    await stat(file);
    return file;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    problems.report({
      code: isMissing ? 'CONFIG_NOT_FOUND' : 'CONFIG_UNREADABLE',
      message: isMissing
        ? `there is no config file ${shownPath(file, folder)}`
        : `${shownPath(file, folder)} cannot be read: ${code}`,
      help: isMissing ? suggestName(basename(file), await namesIn(dirname(file))) : undefined,
    });
    return undefined;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
