import type { Diagnostic, SourceLocation } from '@millrace/core';
import type { Mutation } from '../kinds/mutation.ts';
import type { Fault } from '../model/fault.ts';
import type { Subject } from '../subjects/subject.ts';

interface Blame {
  readonly subject: Subject;
  readonly mutation: Mutation;
  readonly why: readonly Fault[];
}

/** What can be said of a text that nobody can read: any of its problems may lead to the slip. */
const SYNTAX_CODES = ['CONFIG_SYNTAX', 'CONFIG_DUPLICATE_KEY', 'CONFIG_ALIAS_UNKNOWN'];

/** Where the first problem leads: to the changed line itself, to one that feels the change, or elsewhere. */
export type Blamed = 'own-line' | 'felt-line' | 'other-line';

/**
 * Besides the line that was changed some others are right. Where a line was moved or is gone, the key whose
 * section lost or got it; where a name was taken away, a line that needs it, or the stage that does
 * without it; and for a value that reaches a stage by a param or a matrix, the place of the value, shown
 * beside the placeholder. A text that cannot be read is right by any of its problems.
 */
export function blamed(diagnostics: readonly Diagnostic[], blame: Blame): Blamed {
  const { subject, mutation } = blame;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const isSyntax = errors.every(({ code }) => SYNTAX_CODES.includes(code));
  const told = isSyntax ? errors : errors.slice(0, 1);
  const isOwnLine = ({ at }: Pick<Diagnostic, 'at'>): boolean =>
    isAt(at, subject.mutated, mutation.lines);
  if (told.some(isOwnLine)) return 'own-line';
  const isFelt = (diagnostic: Diagnostic): boolean =>
    isAt(diagnostic.at, subject.mutated, mutation.owners ?? []) ||
    valuePlaces(diagnostic).some(isOwnLine) ||
    isMissing(diagnostic, blame);
  return !isSyntax && told.some(isFelt) ? 'felt-line' : 'other-line';
}

function valuePlaces({ related = [] }: Diagnostic): NonNullable<Diagnostic['related']> {
  return related.filter(({ message }) => message.endsWith('is set here'));
}

/** Whether a line, or what is said of it, names what is not there any more. */
function isMissing({ at, message }: Diagnostic, { subject, mutation, why }: Blame): boolean {
  const { missed } = mutation;
  if (at === undefined || missed === undefined) return false;
  const text = at.file === subject.mutated ? mutation.text : subject.textOf(at.file);
  const line = text?.split('\n')[at.line - 1] ?? '';
  const isNamed = (name: string): boolean => holdsWord(line, name) || holdsWord(message, name);
  return missed.some(isNamed) || why.some((fault) => isOwn(line, fault) || lacks(line, fault));
}

function lacks(line: string, fault: Fault): boolean {
  return fault.lacks !== undefined && line.includes(fault.lacks);
}

function isAt(at: SourceLocation | undefined, file: string, lines: readonly number[]): boolean {
  return at !== undefined && at.file === file && lines.includes(at.line);
}

/** As a whole word: `score` is none of `scores`. */
function holdsWord(line: string, word: string): boolean {
  const letters = /[\p{L}\p{N}_-]/u;
  for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + 1)) {
    const isWhole =
      !letters.test(line.charAt(at - 1)) && !letters.test(line.charAt(at + word.length));
    if (isWhole) return true;
  }
  return false;
}

/** The line that a stage begins with: `  score:`, `- id: score`. */
function isOwn(line: string, { stage }: Fault): boolean {
  const name = stage?.replace(/\[[^\]]*\]/g, '').replace(/^.*\//, '');
  return (
    name !== undefined && new RegExp(`^\\s*(?:- id: )?["']?${name}["']?\\s*(?::|$)`).test(line)
  );
}
