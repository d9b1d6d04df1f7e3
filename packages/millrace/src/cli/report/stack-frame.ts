import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceLocation } from '@millrace/core';
import { shownPath } from '../runs/store-place.ts';

/** Where Millrace itself lies; inside its own repository that is not node_modules. */
const ENGINE = dirname(fileURLToPath(import.meta.resolve('@millrace/core')));
const FRAME =
  /(?:\(|at )(?:async )?(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^():?]*)(?:\?[^():]*)?:(\d+):(\d+)\)?$/;

/** The first place in a stack that is the user's own code, relative to `folder` when inside. */
export function userFrame(stack: string | undefined, folder: string): SourceLocation | undefined {
  for (const line of stack?.split('\n') ?? []) {
    const match = FRAME.exec(line.trim());
    const [, path, row, column] = match ?? [];
    if (path === undefined || /[\\/]node_modules[\\/]/.test(path) || path.startsWith(ENGINE))
      continue;
    return { file: shownPath(decodePath(path), folder), line: Number(row), column: Number(column) };
  }
  return undefined;
}

/** Frames of modules are URLs, in which spaces and other signs are escaped. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
