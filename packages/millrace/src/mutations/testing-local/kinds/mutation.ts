import type { SeededRandom } from '@millrace/core';
import type { ConfigText } from '../text/config-text.ts';
import { linesBetween } from '../text/lines.ts';
import type { Stretch } from '../text/reference-yaml.ts';

/** One change to the text of a config, of the sort that people make. */
export interface Mutation {
  /** For people: `"timeout" -> "tmeout"`. */
  readonly what: string;
  /** The whole text after it. */
  readonly text: string;
  /** Lines of that text of which one is to be blamed. */
  readonly lines: readonly number[];
  /**
   * Lines whose section lost or got a line. They count only where the text can be read: where it cannot,
   * nothing has an owner.
   */
  readonly owners?: readonly number[];
  /**
   * Names that are not there any more. Who needs one of them may be blamed as well, since the text
   * itself may be what was meant. Empty: something is gone that has no name, such as a dependency.
   */
  readonly missed?: readonly string[];
  /** What a single slip of the hand meant, which has to be suggested. */
  readonly meant?: string;
}

export interface MutationKind {
  readonly name: string;
  /** All places of a config where it can happen, each with one choice of what happens there. */
  readonly candidates: (config: ConfigText, random: SeededRandom) => Iterable<Mutation>;
}

/** Puts `insert` in the place of a part of the text. */
export function replaced(
  { text }: Pick<ConfigText, 'text'>,
  { start, end }: Stretch,
  insert: string,
): Pick<Mutation, 'text' | 'lines'> {
  const after = text.slice(0, start) + insert + text.slice(end);
  return { text: after, lines: linesBetween(after, start, start + insert.length) };
}

/** A part without the quotes around it. */
export function unquoted({ text }: Pick<ConfigText, 'text'>, { start, end }: Stretch): Stretch {
  const isQuoted = /^(["']).*\1$/s.test(text.slice(start, end));
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

/** `"a" -> "b"`, of texts that may be long. */
export function arrow(before: string, after: string): string {
  return `${JSON.stringify(before.slice(0, 60))} -> ${JSON.stringify(after.slice(0, 60))}`;
}
