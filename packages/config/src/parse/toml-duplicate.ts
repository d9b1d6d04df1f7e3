import type { PathSegment } from '@millrace/core';
import { type AST, parseTOML } from './toml.ts';
import { TomlScanner } from './toml-scanner.ts';

interface InlineDuplicate {
  /** From the table that the statement belongs to. */
  readonly path: readonly PathSegment[];
  /** Where the key stands first, as offsets into the statement. */
  readonly first: readonly [number, number];
}

/** A name that nobody gives to a key. */
const STAND_IN = '\u0000stand-in';

/**
 * Finds the first place of a key that an inline table holds twice, of which the parser tells only the
 * second, without a tree: it reads the statement again with another key there and nothing behind it.
 */
export function inlineDuplicate(statement: string, index: number): InlineDuplicate | undefined {
  const before = statement.slice(0, index);
  const [entry] = entriesOf(`${before}${JSON.stringify(STAND_IN)} = 0${closersOf(before)}`);
  const name = nameAt(statement, index);
  if (entry === undefined || name === undefined) return undefined;
  const path: PathSegment[] = namesOf(entry);
  let here: AST.TOMLContentNode | undefined = entry.value;
  while (here !== undefined && here.type !== 'TOMLValue') {
    if (here.type === 'TOMLArray') {
      path.push(here.elements.length - 1);
      here = here.elements.at(-1);
      continue;
    }
    const last: AST.TOMLKeyValue | undefined = here.body.at(-1);
    if (last === undefined) return undefined;
    const names = namesOf(last);
    if (names.at(-1) === STAND_IN) {
      const wanted = names.with(-1, name);
      const first = here.body.find((known) => isSameStart(namesOf(known), wanted));
      const range = first?.key.keys[wanted.length - 1]?.range ?? first?.key.range;
      return range === undefined ? undefined : { path: [...path, ...wanted], first: range };
    }
    path.push(...names);
    here = last.value;
  }
  return undefined;
}

function entriesOf(text: string): AST.TOMLKeyValue[] {
  return parseTOML(text).body[0].body.filter((entry) => entry.type === 'TOMLKeyValue');
}

function namesOf({ key }: AST.TOMLKeyValue): string[] {
  return key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
}

/** One of them stands in the way of the other: `a` and `a.b`, or `a.b` twice. */
function isSameStart(names: readonly string[], wanted: readonly string[]): boolean {
  const shared = Math.min(names.length, wanted.length);
  return names.slice(0, shared).every((name, index) => name === wanted[index]);
}

function nameAt(statement: string, index: number): string | undefined {
  const scanner = new TomlScanner(statement, index);
  scanner.next();
  const [entry] = entriesOf(`${statement.slice(scanner.start, scanner.end)} = 0`);
  return entry === undefined ? undefined : namesOf(entry)[0];
}

function closersOf(text: string): string {
  const scanner = new TomlScanner(text);
  const closers: string[] = [];
  for (let sign = scanner.next(); sign !== 'end'; sign = scanner.next()) {
    if (sign === '[') closers.push(']');
    else if (sign === '{') closers.push('}');
    else if (sign === ']' || sign === '}') closers.pop();
  }
  return closers.toReversed().join('');
}
