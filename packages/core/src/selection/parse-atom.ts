import { problem, type Result, success } from '../base/result.ts';
import type { NamePattern, SelectionAtom, SyntaxFault } from './selection-term.ts';
import { isQuote, unclosedQuote } from './term-end.ts';

/** What stands before a name that is not one of a stage: `tag:daily`, `state:failed`. */
export const ATOM_PREFIXES = ['tag', 'state'] as const;

/**
 * `score`, `sc*`, `tag:daily`, `state:failed`, `"a b"`.
 * @param text not empty, and no stage id to the letter
 * @param column where it begins in the whole text, from 1
 */
export function parseAtom(text: string, column: number): Result<SelectionAtom, SyntaxFault> {
  if (text.startsWith('+')) return problem(strayPlus(column));
  if (text.endsWith('+')) return problem(strayPlus(column + text.length - 1));
  const prefix = ATOM_PREFIXES.find((kind) => text.startsWith(`${kind}:`));
  const skipped = prefix === undefined ? 0 : prefix.length + 1;
  const name = parseName(text.slice(skipped), column + skipped);
  if (!name.ok) return name;
  return success({ kind: prefix ?? 'stage', name: name.value });
}

/** A name in which nothing stands for anything else. */
export function exactAtom(id: string): SelectionAtom {
  return { kind: 'stage', name: { text: id, isGlob: false } };
}

function parseName(text: string, column: number): Result<NamePattern, SyntaxFault> {
  if (!isQuote(text, 0)) {
    if (text === '') return problem(noName(column));
    return success({ text, isGlob: text.includes('*') || text.includes('?') });
  }
  const close = text.indexOf(text.charAt(0), 1);
  if (close === -1) return problem(unclosedQuote(column));
  if (close !== text.length - 1) return problem(textBehindQuote(column + close + 1));
  return close === 1
    ? problem(noName(column))
    : success({ text: text.slice(1, close), isGlob: false });
}

function strayPlus(column: number): SyntaxFault {
  return {
    column,
    message: `the plus sign at column ${column} stands beside no stage`,
    help: 'write +ID for ancestors, ID+ for descendants; a name with plus signs goes in quotes',
  };
}

function noName(column: number): SyntaxFault {
  return {
    column,
    message: `a name is missing at column ${column}`,
    help: 'write a stage id, tag:NAME or state:STATE',
  };
}

function textBehindQuote(column: number): SyntaxFault {
  return {
    column,
    message: `something follows the closing quote at column ${column}`,
    help: 'put the whole id between quotes; a plus sign may follow, and a comma or a space',
  };
}
