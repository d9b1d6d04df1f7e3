import type { SourceLocation } from '@millrace/core';
import { printable } from './printable.ts';

export interface CodeFrame {
  readonly lineNumber: string;
  readonly text: string;
  /** Spaces, then carets under the blamed text. */
  readonly marker: string;
}

const WIDEST = 100;
const CUT = '...';
/** Shown twice as wide as other signs by terminals. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;

/** The line that a place is on, cut to what is around it; undefined when the text has no such line. */
export function codeFrame(source: string, { line, column }: SourceLocation): CodeFrame | undefined {
  const full = lineOf(source, line);
  if (full === undefined || full.trim() === '') return undefined;
  const at = Math.min(column - 1, full.length);
  // Bounded: a hostile line may be longer than any search over it can take.
  const end = at + tokenLength(full.slice(at, at + WIDEST));
  const from =
    full.length <= WIDEST ? 0 : Math.max(0, Math.min(at - WIDEST / 4, full.length - WIDEST));
  const to = Math.min(full.length, from + WIDEST);
  const before = `${from > 0 ? CUT : ''}${printable(full.slice(from, at))}`;
  const blamed = printable(full.slice(at, Math.min(end, to)));
  const after = `${printable(full.slice(Math.min(end, to), to))}${to < full.length ? CUT : ''}`;
  return {
    lineNumber: String(line),
    text: before + blamed + after,
    marker: `${' '.repeat(width(before))}${'^'.repeat(Math.max(1, width(blamed)))}`,
  };
}

function lineOf(source: string, line: number): string | undefined {
  let start = 0;
  for (let left = line - 1; left > 0; left--) {
    const end = source.indexOf('\n', start);
    if (end === -1) return undefined;
    start = end + 1;
  }
  const end = source.indexOf('\n', start);
  return source.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
}

/** How much of the line belongs to the value or key that starts it. A diagnostic knows only its start. */
function tokenLength(text: string): number {
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(text);
  if (quoted !== null) return quoted[0].length;
  if (text.startsWith('${')) return text.indexOf('}') + 1 || text.length;
  if (/^[[{]/.test(text)) return 1;
  return /^[^,\]}]*?(?=\s*(?::\s|:$|[,\]}]|\s#|\s=\s|$))/.exec(text)?.[0].length ?? 1;
}

function width(text: string): number {
  return text.length + (text.match(WIDE)?.filter((sign) => sign.length === 1).length ?? 0);
}
