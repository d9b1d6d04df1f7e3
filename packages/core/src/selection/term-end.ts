import { problem, type Result, success } from '../base/result.ts';
import type { SyntaxFault } from './selection-term.ts';

/**
 * Where the term that begins at `start` ends: at a comma, at white space or with the text. Neither ends
 * it inside quotes or brackets. O(length of the term).
 */
export function termEnd(text: string, start: number): Result<number, SyntaxFault> {
  let depth = 0;
  let openedAt = start;
  let at = start;
  for (; at < text.length; at++) {
    const sign = text[at];
    if (depth === 0) {
      if (sign === ',' || isSpace(text, at)) break;
      if (opensQuote(text, start, at)) {
        const close = text.indexOf(text.charAt(at), at + 1);
        if (close === -1) return problem(unclosedQuote(at + 1));
        at = close;
      }
    }
    if (sign === '[' && depth++ === 0) openedAt = at;
    if (sign === ']' && depth > 0) depth--;
  }
  return depth === 0 ? success(at) : problem(unclosedBracket(openedAt + 1));
}

export function isSpace(text: string, at: number): boolean {
  return at < text.length && text.charAt(at).trim() === '';
}

/** Only where a name begins, so that the one of `it's` is a letter like any other. */
function opensQuote(text: string, start: number, at: number): boolean {
  if (!isQuote(text, at)) return false;
  return at === start || text[at - 1] === '+' || text[at - 1] === ':';
}

export function isQuote(text: string, at: number): boolean {
  return text[at] === '"' || text[at] === "'";
}

export function unclosedQuote(column: number): SyntaxFault {
  return {
    column,
    message: `the quote at column ${column} is not closed`,
    help: 'close it; an id that holds one kind of quote goes between two of the other kind',
  };
}

function unclosedBracket(column: number): SyntaxFault {
  return {
    column,
    message: `the bracket at column ${column} is not closed`,
    help: 'close it: score[20,SPY]; an id with a single bracket goes in quotes: "a[b"',
  };
}
