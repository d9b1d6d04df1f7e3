import { type FileEntry, UNREADABLE } from './basis.ts';
import type { Reason } from './reason.ts';

/** Files whose content is another than it was, that were not there, or that are gone. */
export function fileChanges(
  before: readonly FileEntry[] = [],
  now: readonly FileEntry[] = [],
): readonly Reason[] {
  const pairs = paired(before, now);
  const changed = now.flatMap(([file, digest]): Reason[] => {
    const known = pairs.get(file)?.[1];
    if (known === digest) return [];
    if (isGone(digest) && known !== undefined) return [{ kind: 'file', file, change: 'removed' }];
    const isNew = known === undefined || isGone(known);
    return [{ kind: 'file', file, change: isNew ? 'added' : 'changed' }];
  });
  const kept = new Set(pairs.values());
  const left = before.flatMap((entry): Reason[] =>
    kept.has(entry) ? [] : [{ kind: 'file', file: entry[0], change: 'removed' }],
  );
  return [...changed, ...left];
}

/**
 * The earlier entry of each file, by its path now. Paths are relative to the working folder of their time, so one
 * that is not there any more is taken for the next one of the same name.
 */
function paired(
  before: readonly FileEntry[],
  now: readonly FileEntry[],
): ReadonlyMap<string, FileEntry> {
  const byPath = new Map(before.map((entry) => [entry[0], entry]));
  const paths = new Set(now.map(([path]) => path));
  const moved = Map.groupBy(
    before.filter(([path]) => !paths.has(path)),
    ([path]) => nameOf(path),
  );
  return new Map(
    now.flatMap(([path]) => {
      const entry = byPath.get(path) ?? moved.get(nameOf(path))?.shift();
      return entry === undefined ? [] : [[path, entry] as const];
    }),
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isGone(digest: string): boolean {
  return digest === `${UNREADABLE}ENOENT`;
}
