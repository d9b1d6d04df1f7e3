import { existsSync } from 'node:fs';
import type { RunRecord } from '@millrace/core';
import type { CommandContext } from '../command-context.ts';

/** Stages may read files relative to the folder that the run was started in. */
export function returnToFolder({ cwd, terminal }: CommandContext, { source }: RunRecord): void {
  const folder = source.cwd;
  if (folder === undefined || folder === cwd || !existsSync(folder)) return;
  process.chdir(folder);
  terminal.notice(`note: working in ${folder}, where the run was started`);
}
