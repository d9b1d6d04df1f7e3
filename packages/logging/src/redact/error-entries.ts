/** What an error says before its own fields, and after them. */
const FIRST = ['name', 'message', 'code'] as const;
const LAST = ['stack', 'cause', 'errors'] as const;
const STANDARD: ReadonlySet<string> = new Set([...FIRST, ...LAST]);

/** Name, message, code, the fields that its class adds, stack, cause and the errors of an AggregateError. */
export function* errorEntries(error: object): Generator<readonly [string, () => unknown]> {
  for (const key of FIRST) yield* entryIfAny(error, key);
  for (const key of Object.keys(error)) {
    if (!STANDARD.has(key)) yield [key, () => Reflect.get(error, key)];
  }
  for (const key of LAST) yield* entryIfAny(error, key);
}

function* entryIfAny(error: object, key: string): Generator<readonly [string, () => unknown]> {
  if (key in error && !isUndefined(error, key)) yield [key, () => Reflect.get(error, key)];
}

function isUndefined(error: object, key: string): boolean {
  try {
    return Reflect.get(error, key) === undefined;
  } catch {
    // Whoever reads it next says that it is unreadable.
    return false;
  }
}
