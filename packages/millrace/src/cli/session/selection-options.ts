import type { RunOptions } from '@millrace/core';
import type { SelectionFlags } from '../command-context.ts';

/** What the selection flags say, for an executor. */
export function selectionOptions({
  select,
  exclude,
  from,
  until,
  force,
  cache,
}: SelectionFlags): Pick<RunOptions, 'selection' | 'cache'> {
  const given = { select, exclude, from, until, force };
  const selection = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  return {
    ...(Object.keys(selection).length === 0 ? {} : { selection }),
    ...(cache === false ? { cache } : {}),
  };
}
