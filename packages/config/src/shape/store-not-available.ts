import type { z } from '@millrace/core';
import type { Problem } from '../source/problems.ts';
import { childOf, type MapNode } from '../tree/config-node.ts';
import { spanAt } from '../tree/locate.ts';

const POSTGRES = /^postgres(?:ql)?:/;

/** A store that Millrace is to have one day; it deserves a better answer than a wrong name does. */
export function isUnavailableStore(issue: z.core.$ZodIssue, pipeline: MapNode): boolean {
  const store = issue.path[0] === 'store' ? childOf(pipeline, 'store') : undefined;
  return store?.kind === 'scalar' && typeof store.value === 'string' && POSTGRES.test(store.value);
}

/** Without what was got: it may hold a password. */
export function storeNotAvailable(pipeline: MapNode): Problem {
  return {
    code: 'STORE_NOT_AVAILABLE',
    message: 'PostgreSQL stores are not available in this version of Millrace',
    at: spanAt(pipeline, ['store']),
    path: ['store'],
    expected: 'memory or sqlite:PATH',
    help: 'leave store out for sqlite:.millrace/millrace.db',
  };
}
