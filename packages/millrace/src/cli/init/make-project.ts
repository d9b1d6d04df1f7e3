import { MillraceError } from '@millrace/core';
import { listOf } from '../report/words.ts';
import { lendMillrace } from './lend-millrace.ts';
import type { ProjectFolder } from './project-folder.ts';
import { CONFIG, type ProjectPlan } from './project-plan.ts';
import { createFile, replaceFile } from './replace-file.ts';

/** What was done to a folder; paths in it, with `/`. */
export interface MadeProject {
  readonly written: readonly string[];
  /** Files that were there and were replaced. */
  readonly replaced: readonly string[];
}

const SCHEMA = '.millrace/schema.json';

/**
 * Writes a project into a folder, with the schema of its config.
 * @param force replaces what is there
 * @throws MillraceError INIT_EXISTS before anything is written; FILE_UNWRITABLE
 */
export async function makeProject(
  folder: ProjectFolder,
  plan: ProjectPlan,
  force: boolean,
): Promise<MadeProject> {
  const rival = await folder.otherConfig();
  const inTheWay = plan.files.map(({ path }) => path).filter((path) => folder.has(path));
  if (rival !== undefined) throw exists(folder, [rival], 'a folder has one config: move it away');
  if (inTheWay.length > 0 && !force) {
    throw exists(folder, inTheWay, 'start in another folder, or replace them with --force');
  }
  for (const { path, text } of plan.files) {
    if (inTheWay.includes(path)) replaceFile(folder.file(path), text);
    else createFile(folder.file(path), text);
  }
  for (const { path, text } of plan.changes) replaceFile(folder.file(path), text);
  const replaced = [...inTheWay, SCHEMA].filter((path) => folder.has(path));
  await writeSchema(folder);
  const all = [...plan.files.map(({ path }) => path), SCHEMA];
  return { written: all.filter((path) => !replaced.includes(path)), replaced };
}

function exists(folder: ProjectFolder, paths: readonly string[], help: string): MillraceError {
  const message = `${folder.path} already has ${listOf(paths)}; nothing was written`;
  return new MillraceError('INIT_EXISTS', message, {
    details: { folder: folder.path, files: paths },
    help,
  });
}

async function writeSchema(folder: ProjectFolder): Promise<void> {
  const { configJsonSchema } = await import('@millrace/config');
  const giveBack = lendMillrace();
  try {
    const { schema } = await configJsonSchema({ file: CONFIG, cwd: folder.path });
    replaceFile(folder.file(SCHEMA), `${JSON.stringify(schema, undefined, 2)}\n`);
  } finally {
    giveBack();
  }
}
