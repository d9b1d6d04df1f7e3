import { problem, type Result, success } from '@millrace/core';

const TOKEN =
  /\.?(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|\[\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\d+))\s*\]|([^.[\]"']+))/y;

/**
 * Reads what `formatPath` writes (`stages["my.id"].needs[1]`), and `stages.'my.id'` besides. All parts come back as text: whether
 * `0` is an index is known only where it is used.
 */
export function parsePath(text: string): Result<readonly string[], string> {
  const parts: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const dotted = text[from] === '.';
    const match = TOKEN.exec(text);
    const misplaced = match !== null && from === 0 ? dotted : !dotted && text[from] !== '[';
    if (match === null || misplaced)
      return problem(`cannot be read at ${JSON.stringify(text.slice(from))}`);
    const quoted = match[1] ?? match[3];
    parts.push(
      quoted === undefined
        ? (match[2] ?? match[4] ?? match[5] ?? match[6] ?? '')
        : unquoted(quoted),
    );
  }
  return parts.length === 0 ? problem('is empty') : success(parts);
}

/** The text between double quotes, with the escapes of JSON; one that JSON refuses stays as it is. */
function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(`"${quoted}"`));
  } catch {
    return quoted;
  }
}
