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

/**
 * Whether the first problem leads to the mutation. Three places count: the line that was changed; where a
 * name was taken away, a line that needs it, or the stage that does without; and for a value that reaches
 * a stage by a param, the place of the param that is shown beside the placeholder.
 */
export function isRightPlace(diagnostics: readonly Diagnostic[], blame: Blame): boolean {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  if (first === undefined) return false;
  const { subject, mutation } = blame;
  const isSyntax = diagnostics.every(({ code }) => SYNTAX_CODES.includes(code));
  if (isSyntax) return diagnostics.some(({ at }) => isAt(at, subject.mutated, mutation.lines));
  if (isAt(first.at, subject.mutated, mutation.owners ?? [])) return true;
  const set = first.related?.filter(({ message }) => message.endsWith('is set here')) ?? [];
  return [first, ...set].some(({ at, message }) => leadsTo(at, blame, message));
}

function leadsTo(
  at: SourceLocation | undefined,
  { subject, mutation, why }: Blame,
  message = '',
): boolean {
  if (at === undefined) return false;
  if (isAt(at, subject.mutated, mutation.lines)) return true;
  const { missed } = mutation;
  if (missed === undefined) return false;
  const text = at.file === subject.mutated ? mutation.text : subject.textOf(at.file);
  const line = text?.split('\n')[at.line - 1] ?? '';
  return (
    missed.some((name) => holdsWord(line, name) || holdsWord(message, name)) ||
    why.some(
      (fault) => isOwn(line, fault) || (fault.lacks !== undefined && line.includes(fault.lacks)),
    )
  );
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
