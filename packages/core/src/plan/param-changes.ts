import { formatPath } from '../base/schema-issues.ts';
import { isPlainObject } from '../base/tracked-object.ts';
import { type ValueChange, valueChanges } from './value-changes.ts';

/**
 * The changes of params that matter to a stage: of what it read, and of which params are set at all,
 * since nobody can tell whether it looked for one that was not there.
 * @param read paths of what it read; undefined: everything
 */
export function paramChanges(
  before: unknown,
  after: unknown,
  read: readonly string[] | undefined,
): readonly ValueChange[] {
  const changes = valueChanges(before ?? {}, after ?? {});
  if (read === undefined) return changes;
  const seen = new Set(read);
  return changes.filter(({ path, before: old, after: now }) => {
    if (seen.has(formatPath(path))) return true;
    const isThere = old !== undefined && now !== undefined;
    const within = formatPath(path.slice(0, -1));
    const wasListed = path.length <= 1 || seen.has(within);
    return wasListed && (!isThere || isPlainObject(old) !== isPlainObject(now));
  });
}
