/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** All lines from one offset to another. */
export function linesBetween(text: string, start: number, end: number): readonly number[] {
  const first = lineAt(text, start);
  const last = lineAt(text, Math.max(start, end));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Where the line that holds an offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line behind it begins, or the end of the text. */
export function nextLineStart(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** The white space that a line begins with. */
export function indentAt(text: string, start: number): string {
  return /^[ \t]*/.exec(text.slice(start, nextLineStart(text, start)))?.[0] ?? '';
}
