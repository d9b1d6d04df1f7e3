import type { PathSegment } from '@millrace/core';
import type { Span } from '../source/config-source.ts';
import type { Problem } from '../source/problems.ts';

interface Duplicate {
  readonly path: readonly PathSegment[];
  readonly at: Span;
  readonly firstAt: Span;
  /** A key without a value that stands right above the second one. */
  readonly above?: { readonly key: string; readonly span: Span } | undefined;
}

/** A key written twice: a code of its own for stages, because there it means a forgotten rename. */
export function duplicateKey({ path, at, firstAt, above }: Duplicate): Problem {
  const key = JSON.stringify(String(path.at(-1)));
  if (above !== undefined) {
    const owner = JSON.stringify(above.key);
    return {
      code: 'CONFIG_DUPLICATE_KEY',
      message: `the key ${key} is written twice, the second time below ${owner}, which has no value`,
      at: above.span,
      path,
      help: `indent what belongs to ${owner} deeper than ${owner} itself`,
      related: [
        { message: 'the second one', at, path },
        { message: 'the first one', at: firstAt, path },
      ],
    };
  }
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
