import type { PathSegment } from '@millrace/core';
import type { ConfigSource, Span } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { duplicateKey } from './duplicate-key.ts';
import { type AST, ParseError, parseTOML } from './toml.ts';
import { inlineDuplicate } from './toml-duplicate.ts';
import { type TomlStatement, TomlStatements } from './toml-statements.ts';
import { isDuplicate, tomlSyntaxProblem } from './toml-syntax-problem.ts';
import { type TomlConflict, type TomlKey, TomlTable } from './toml-table.ts';
import { TomlValues } from './toml-values.ts';
import { ValueBudget } from './value-budget.ts';

/** A file with more of them is in another format. */
const MAX_FAULTS = 10;

/** Reads TOML, with places; undefined when the text is empty or a part of it cannot be read. */
export function readToml(source: ConfigSource, problems: Problems): ConfigNode | undefined {
  // The parser takes one for the end of a line, and editors do not show it.
  const carriageReturn = source.text.search(/\r(?!\n)/);
  if (carriageReturn === -1) return new TomlReader(source, problems).read();
  problems.report({
    code: 'CONFIG_SYNTAX',
    message: 'a carriage return that does not end a line',
    at: source.span(carriageReturn, carriageReturn + 1),
    help: 'save the file with LF or CRLF line ends',
  });
  return undefined;
}

class TomlReader {
  readonly #source: ConfigSource;
  readonly #problems: Problems;
  readonly #budget: ValueBudget;
  readonly #statements: TomlStatements;
  readonly #root: TomlTable;
  /** Where keys go until the next header. */
  #table: TomlTable;
  #path: readonly PathSegment[] = [];
  #faults = 0;

  constructor(source: ConfigSource, problems: Problems) {
    this.#source = source;
    this.#problems = problems;
    this.#budget = new ValueBudget(source, problems);
    this.#statements = new TomlStatements(source, this.#budget);
    this.#root = new TomlTable('header', source.span(0));
    this.#table = this.#root;
  }

  read(): ConfigNode | undefined {
    const first = this.#statements.next();
    let statement = first;
    while (statement !== undefined) {
      if (!this.#take(statement) || this.#problems.isFull) return undefined;
      statement = this.#statements.next();
    }
    return first === undefined || this.#faults > 0 ? undefined : this.#root.toNode();
  }

  /** False when reading ends there. */
  #take(statement: TomlStatement): boolean {
    const { start, end, excess } = statement;
    const text = this.#source.text.slice(start, end);
    let program: AST.TOMLProgram;
    try {
      program = parseTOML(text);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      return this.#refuse(statement, text, error);
    }
    if (excess !== undefined) {
      this.#problems.report(excess);
      return false;
    }
    return program.body[0].body.every((entry) => this.#entry(entry, start));
  }

  #entry(entry: AST.TOMLKeyValue | AST.TOMLTable, offset: number): boolean {
    const isHeader = entry.type === 'TOMLTable';
    const path = isHeader ? [] : this.#path;
    const values = new TomlValues({
      source: this.#source,
      problems: this.#problems,
      offset,
      path,
    });
    const key = values.key(entry.key);
    if (key === undefined) return false;
    if (isHeader) return this.#header(entry.kind, key, values.span(entry));
    this.#report(this.#table.set(key, values.value(entry.value, key)), path);
    return this.#budget.admits(this.#table.size, offset, path.at(-1));
  }

  #header(kind: AST.TOMLTable['kind'], key: TomlKey, span: Span): boolean {
    const found = kind === 'array' ? this.#root.listed(key, span) : this.#root.header(key, span);
    if (found.ok) {
      const { table, path, entries } = found.value;
      this.#table = table;
      this.#path = path;
      return this.#budget.admits(entries, span.start, path.at(-2));
    }
    this.#report(found.problem, []);
    // Its keys are read on, so that what is wrong with them is told as well.
    this.#table = new TomlTable('header', span);
    this.#path = found.problem.path;
    return true;
  }

  #refuse({ start, end, excess }: TomlStatement, text: string, error: ParseError): boolean {
    const offset = start + error.index;
    if (excess !== undefined && offset >= end) {
      this.#problems.report(excess);
      return false;
    }
    const duplicate = isDuplicate(error) ? inlineDuplicate(text, error.index) : undefined;
    if (duplicate === undefined) {
      this.#problems.report(tomlSyntaxProblem(this.#source, offset, error));
    } else {
      const [first, firstEnd] = duplicate.first;
      const at = this.#source.span(offset, offset + 1);
      const firstAt = this.#source.span(start + first, start + firstEnd);
      this.#report({ path: duplicate.path, at, firstAt }, this.#path);
    }
    this.#faults += 1;
    return excess === undefined && this.#faults < MAX_FAULTS;
  }

  #report(conflict: TomlConflict | undefined, path: readonly PathSegment[]): void {
    if (conflict === undefined) return;
    this.#problems.report(duplicateKey({ ...conflict, path: [...path, ...conflict.path] }));
  }
}
