/**
 * Whether the stage is one of a group: an instance of a matrix, `score[20,SPY]` of `score`, or a stage
 * of a sub-pipeline, `prep/ingest` of `prep`.
 */
export function isInGroup(id: string, group: string): boolean {
  if (!id.startsWith(group)) return false;
  const next = id[group.length];
  return next === '/' || (next === '[' && id.includes(']', group.length));
}

/** Every name that means a group, each once. */
export function groupNames(ids: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const id of ids) {
    const lastClose = id.lastIndexOf(']');
    for (let at = 1; at < id.length; at++) {
      if (id[at] === '/' || (id[at] === '[' && at < lastClose)) names.add(id.slice(0, at));
    }
  }
  return names;
}
