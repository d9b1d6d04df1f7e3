import { type Result, success } from '../base/result.ts';
import { exactAtom, parseAtom } from './parse-atom.ts';
import type { IsStage, SelectionTerm, SyntaxFault } from './selection-term.ts';

/**
 * `+score`, `2+score+`, `tag:daily+1`. A plus sign may belong to an id as well (`c++`): of the ways to
 * read it, the one that leaves a stage id to the letter wins, the longest id first.
 * @param text not empty
 * @param start where the term begins in the whole text, from 0
 */
export function parseTerm(
  text: string,
  start: number,
  isStage: IsStage,
): Result<SelectionTerm, SyntaxFault> {
  const ways = readingsOf(text);
  const exact = ways.find(({ from, to }) => isStage(text.slice(from, to)));
  const { from, to, ancestors, descendants } = exact ?? ways[3];
  const column = start + from + 1;
  const name = text.slice(from, to);
  const atom = exact === undefined ? parseAtom(name, column) : success(exactAtom(name));
  if (!atom.ok) return atom;
  return success({ text, column, ancestors, descendants, atom: atom.value });
}

/** The atom between its plus signs. */
interface Reading {
  readonly from: number;
  readonly to: number;
  readonly ancestors: number;
  readonly descendants: number;
}

interface PlusSign {
  /** With its digits; 0 when there is none. */
  readonly length: number;
  readonly generations: number;
}

const NO_PLUS: PlusSign = { length: 0, generations: 0 };

function asItIs(text: string): Reading {
  return { from: 0, to: text.length, ancestors: 0, descendants: 0 };
}

/** From the one that takes every plus for a letter to the one that takes both ends for signs. */
function readingsOf(text: string): readonly [Reading, Reading, Reading, Reading] {
  const leading = leadingPlus(text);
  const reading = (before: PlusSign, after: PlusSign): Reading => ({
    from: before.length,
    to: text.length - after.length,
    ancestors: before.generations,
    descendants: after.generations,
  });
  return [
    asItIs(text),
    reading(leading, NO_PLUS),
    reading(NO_PLUS, trailingPlus(text, 0)),
    reading(leading, trailingPlus(text, leading.length)),
  ];
}

/** `+` or `2+`; none when it would leave nothing. */
function leadingPlus(text: string): PlusSign {
  let digits = 0;
  while (isDigit(text, digits)) digits++;
  if (text[digits] !== '+' || digits + 1 === text.length) return NO_PLUS;
  return { length: digits + 1, generations: generationsOf(text.slice(0, digits)) };
}

/** `+` or `+2`; none when it would leave nothing behind `from`. */
function trailingPlus(text: string, from: number): PlusSign {
  let at = text.length - 1;
  while (at > from && isDigit(text, at)) at--;
  if (text[at] !== '+' || at <= from) return NO_PLUS;
  return { length: text.length - at, generations: generationsOf(text.slice(at + 1)) };
}

function generationsOf(digits: string): number {
  return digits === '' ? Number.POSITIVE_INFINITY : Number(digits);
}

function isDigit(text: string, at: number): boolean {
  const sign = text.charAt(at);
  return sign >= '0' && sign <= '9';
}
