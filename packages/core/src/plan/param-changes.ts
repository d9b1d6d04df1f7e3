import { formatPath } from '../base/schema-issues.ts';
import { isPlainObject } from '../base/tracked-object.ts';
import { type ValueChange, valueChanges } from './value-changes.ts';

/**
 * The changes of params that matter to a stage: of what it read, of the order of keys within it, and of
 * which params are set at all, since nobody can tell whether it looked for one that was not there. The
 * order of the params themselves means nothing.
 * @param read paths of what it read; undefined: everything
 */
export function paramChanges(
  before: unknown,
  after: unknown,
  read: readonly string[] | undefined,
): readonly ValueChange[] {
  const [old, now] = [before ?? {}, after ?? {}];
  const isNamed = isPlainObject(old) && isPlainObject(now);
  const changes = valueChanges(old, now).filter(({ path }) => path.length > 0 || !isNamed);
  if (read === undefined) return changes;
  const seen = new Set(read);
  return changes.filter((change) => {
    if (seen.has(formatPath(change.path))) return true;
    const isThere = change.before !== undefined && change.after !== undefined;
    const within = formatPath(change.path.slice(0, -1));
    const wasListed = change.path.length <= 1 || seen.has(within);
    return wasListed && (!isThere || isPlainObject(change.before) !== isPlainObject(change.after));
  });
}
