import { type FileEntry, UNREADABLE } from './basis.ts';
import type { Reason } from './reason.ts';

/** Files whose content is another than it was, that were not there, or that are gone. */
export function fileChanges(
  before: readonly FileEntry[] = [],
  now: readonly FileEntry[] = [],
): readonly Reason[] {
  const old = new Map(before);
  const fresh = new Map(now);
  const changed = now.flatMap(([file, digest]): Reason[] => {
    const known = old.get(file);
    if (known === digest) return [];
    if (isGone(digest) && known !== undefined) return [{ kind: 'file', file, change: 'removed' }];
    const isNew = known === undefined || isGone(known);
    return [{ kind: 'file', file, change: isNew ? 'added' : 'changed' }];
  });
  const left = before.flatMap(([file]): Reason[] =>
    fresh.has(file) ? [] : [{ kind: 'file', file, change: 'removed' }],
  );
  return [...changed, ...left];
}

function isGone(digest: string): boolean {
  return digest === `${UNREADABLE}ENOENT`;
}
