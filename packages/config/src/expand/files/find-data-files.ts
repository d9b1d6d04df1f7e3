import type { Dirent } from 'node:fs';
import { glob, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve, sep } from 'node:path';
import { problem, type Result, success } from '@millrace/core';
import { realFile } from '../../layers/resolve-base.ts';
import type { Problem } from '../../source/problems.ts';
import { nearFile } from '../../uses/near-files.ts';
import { mayImport } from '../../uses/project-root.ts';

/** A fault of a path or pattern, not yet tied to where it is written. */
export type FilesFault = Pick<Problem, 'code' | 'message' | 'got' | 'expected' | 'help'>;

interface FindRequest {
  /** A path or pattern, as it is written. */
  readonly text: string;
  /** Where relative ones start from. */
  readonly folder: string;
  /** What relative ones may not lead out of. */
  readonly root: string;
  /** At least 1, default 10,000. */
  readonly maxMatches?: number;
}

/** Before a run starts each of them is read. */
const MAX_MATCHES = 10_000;
const MAX_VISITED = 100_000;
const PATTERN_SIGN = /[*?[\]{}]/;
/** Full of files that no stage reads as data. */
const SKIPPED_FOLDERS = ['node_modules', '.git'];

/** The files that a path or pattern stands for, sorted; there is at least one. */
export async function findDataFiles(
  request: FindRequest,
): Promise<Result<readonly string[], FilesFault>> {
  const { text, folder, root } = request;
  const file = resolve(folder, text);
  const isFree = isAbsolute(text);
  // Before anything is looked at: what exists outside is nobody's business.
  if (!isFree && !mayImport(staticPart(folder, text).folder, root)) return outside(text, root);
  const kind = await kindOf(file);
  if (kind === undefined && PATTERN_SIGN.test(text)) return findMatches(request);
  if (kind !== 'file') return missing(text, file, kind);
  return isFree || (await isInside(file, root)) ? success([file]) : outside(text, root);
}

interface StaticPart {
  readonly folder: string;
  /** What is left, from that folder on. */
  readonly pattern: string;
}

/** The folder that no sign of a pattern stands in, so that only what is below it is walked. */
function staticPart(from: string, text: string): StaticPart {
  const parts = text.split(/[\\/]/);
  const first = parts.findIndex((part) => PATTERN_SIGN.test(part));
  const fixed = first === -1 ? parts.length - 1 : first;
  const start = isAbsolute(text) ? resolve(from, sep) : from;
  return {
    folder: resolve(start, parts.slice(0, fixed).join(sep)),
    pattern: parts.slice(fixed).join('/'),
  };
}

async function findMatches({
  text,
  folder,
  root,
  maxMatches = MAX_MATCHES,
}: FindRequest): Promise<Result<readonly string[], FilesFault>> {
  const { folder: start, pattern } = staticPart(folder, text);
  if (pattern.split('/').includes('..')) return outside(text, root);
  const found = await walk(start, pattern, maxMatches);
  if (found === undefined) return tooMany(text, maxMatches);
  const files: string[] = [];
  for (const file of found) {
    // A pattern matches folders and broken links as well.
    if ((await kindOf(file)) !== 'file') continue;
    if (!isAbsolute(text) && !(await isInside(file, root))) return outside(text, root);
    files.push(file);
  }
  return files.length === 0
    ? missing(text, join(start, pattern), undefined)
    : success(files.sort());
}

/** Undefined when the pattern leads over too much. */
async function walk(
  start: string,
  pattern: string,
  maxMatches: number,
): Promise<readonly string[] | undefined> {
  const skipped = SKIPPED_FOLDERS.filter((name) => !pattern.includes(name));
  const files: string[] = [];
  let visited = 0;
  const exclude = (entry: string | Dirent): boolean => {
    visited += 1;
    const name = basename(typeof entry === 'string' ? entry : entry.name);
    return visited > MAX_VISITED || skipped.includes(name);
  };
  for await (const entry of glob(pattern, { cwd: start, withFileTypes: true, exclude })) {
    if (!entry.isDirectory()) files.push(join(entry.parentPath, entry.name));
    if (files.length > maxMatches) return undefined;
  }
  return visited > MAX_VISITED ? undefined : files;
}

async function kindOf(file: string): Promise<'file' | 'folder' | undefined> {
  try {
    const stats = await stat(file);
    if (stats.isFile()) return 'file';
    return stats.isDirectory() ? 'folder' : undefined;
  } catch {
    return undefined;
  }
}

/** A link may lead out of the project; links may also lead to the project. */
async function isInside(file: string, root: string): Promise<boolean> {
  return mayImport((await realFile(file)) ?? file, (await realFile(root)) ?? root);
}

function outside(text: string, root: string): Result<never, FilesFault> {
  return problem({
    code: 'FILES_OUTSIDE',
    message: `${JSON.stringify(text)} leads out of the project`,
    expected: `a file inside ${root}, or an absolute path`,
    help: 'write the absolute path of data that lies elsewhere',
  });
}

async function missing(
  text: string,
  file: string,
  kind: 'folder' | undefined,
): Promise<Result<never, FilesFault>> {
  const isPattern = kind === undefined && PATTERN_SIGN.test(text);
  const near =
    kind === 'folder' ? undefined : await (isPattern ? nearFolder : nearFile)(text, file);
  return problem({
    code: 'FILES_MISSING',
    message:
      kind === 'folder'
        ? `${JSON.stringify(text)} is a folder`
        : `there is no file ${isPattern ? 'that matches ' : ''}${JSON.stringify(text)}`,
    got: file,
    help:
      kind === 'folder'
        ? `for all files in it write ${text.replace(/[\\/]$/, '')}/**`
        : near && `did you mean ${JSON.stringify(near)}?`,
  });
}

function tooMany(text: string, maxMatches: number): Result<never, FilesFault> {
  return problem({
    code: 'FILES_TOO_MANY',
    message: `${JSON.stringify(text)} leads over too many files`,
    expected: `at most ${maxMatches} files, found among ${MAX_VISITED}`,
    help: 'name the folder and the ending of what is meant: data/*.csv',
  });
}

/** A pattern below a folder that is not there. */
async function nearFolder(text: string, file: string): Promise<string | undefined> {
  const [pattern] = /[^\\/]*[*?[\]{}].*$/s.exec(text) ?? [''];
  const folder = text.slice(0, text.length - pattern.length - 1);
  const path = file.slice(0, file.length - pattern.length - 1);
  if (folder === '' || (await kindOf(path)) !== undefined) return undefined;
  const near = await nearFile(folder, path);
  return near && `${near}/${pattern}`;
}
