import type { PathSegment } from '@millrace/core';
import type { Span } from '../source/config-source.ts';
import type { Problem } from '../source/problems.ts';

interface Duplicate {
  readonly path: readonly PathSegment[];
  readonly at: Span;
  readonly firstAt: Span;
}

/** A key written twice: a code of its own for stages, because there it means a forgotten rename. */
export function duplicateKey({ path, at, firstAt }: Duplicate): Problem {
  const key = JSON.stringify(String(path.at(-1)));
  const isStage =
    (path.length === 2 && path[0] === 'stages') ||
    (path.length === 4 && path[0] === 'pipelines' && path[2] === 'stages');
  return {
    code: isStage ? 'STAGE_DUPLICATE' : 'CONFIG_DUPLICATE_KEY',
    message: isStage ? `two stages have the id ${key}` : `the key ${key} is written twice`,
    at,
    path,
    help: isStage ? 'rename one of them' : 'remove one of them',
    related: [{ message: 'the first one', at: firstAt, path }],
  };
}
