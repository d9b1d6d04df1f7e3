const MOST_NAMES = 10;

/** `one of a, b, c`: the first of the names that there are; undefined where there are none. */
export function oneOf(names: Iterable<string>): string | undefined {
  const shown: string[] = [];
  for (const name of names) {
    if (shown.length === MOST_NAMES) return `one of ${shown.join(', ')}, ...`;
    shown.push(name);
  }
  return shown.length === 0 ? undefined : `one of ${shown.join(', ')}`;
}
