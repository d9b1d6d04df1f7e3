const LONGEST_NAME = 200;

/** Why a text cannot name a signal, or undefined when it can. */
export function signalNameFault(name: unknown): string | undefined {
  if (typeof name !== 'string') return 'is no text';
  if (name.length === 0) return 'is empty';
  if (name.length > LONGEST_NAME) return `is longer than ${LONGEST_NAME} characters`;
  if (name !== name.trim()) return 'begins or ends with white space';
  if (!name.isWellFormed()) return 'holds half a surrogate pair, which no file can keep';
  // Control characters, line separators, and the marks that turn the reading direction around.
  if (/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(name)) {
    return 'holds a control character';
  }
  return undefined;
}
