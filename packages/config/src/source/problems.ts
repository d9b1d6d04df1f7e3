import type { Diagnostic, PathSegment } from '@millrace/core';
import { locationOf, type Span } from './config-source.ts';
import { suggestName } from './suggest-name.ts';

/** A problem as its finder knows it; {@link Problems} turns the spans into places. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly at?: Span | undefined;
  readonly path?: readonly PathSegment[];
  readonly severity?: Diagnostic['severity'];
  readonly got?: string | undefined;
  readonly expected?: string | undefined;
  readonly help?: string | undefined;
  readonly related?:
    | readonly {
        readonly message: string;
        readonly at: Span;
        readonly path?: readonly PathSegment[];
      }[]
    | undefined;
}

/** A file with more problems is no config; what is said about it stays bounded. */
export const MAX_KEPT = 1000;
const MAX_SUGGESTIONS = 100;

/** Collects what is wrong with one config, so that all of it is reported together. */
export class Problems {
  readonly #diagnostics: Diagnostic[] = [];
  #errors = 0;
  #refusals = 0;
  #dropped = 0;

  /**
   * What was probably meant, for a name that is not among the known ones. Not for the many that a
   * hostile file may hold: each search costs time in proportion to what is known.
   */
  suggest(name: string, known: Iterable<string>): string | undefined {
    if (this.#diagnostics.length >= MAX_SUGGESTIONS) return undefined;
    return suggestName(name, known);
  }

  /**
   * Something that makes the file unfit to be acted upon, so that no module of it is imported. A stage
   * declared twice is no such thing: its first declaration counts while the rest is looked at.
   */
  get hasRefusal(): boolean {
    return this.#refusals > 0;
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  /** More than is kept was found: it is no use to look on. */
  get isFull(): boolean {
    return this.#dropped > 0;
  }

  /** Also of those that are left out. */
  get errorCount(): number {
    return this.#errors;
  }

  has(code: string): boolean {
    return this.#diagnostics.some((diagnostic) => diagnostic.code === code);
  }

  report(problem: Problem): void {
    if (this.#diagnostics.length >= MAX_KEPT) {
      this.#count(problem.code, problem.severity);
      this.#dropped += 1;
      return;
    }
    this.add({
      code: problem.code,
      severity: problem.severity ?? 'error',
      message: problem.message,
      path: problem.path ?? [],
      ...(problem.at === undefined ? {} : { at: locationOf(problem.at) }),
      ...(problem.got === undefined ? {} : { got: problem.got }),
      ...(problem.expected === undefined ? {} : { expected: problem.expected }),
      ...(problem.help === undefined ? {} : { help: problem.help }),
      ...(problem.related === undefined
        ? {}
        : {
            related: problem.related.map(({ message, at, path }) => ({
              message,
              path: path ?? [],
              at: locationOf(at),
            })),
          }),
    });
  }

  add(diagnostic: Diagnostic): void {
    this.#count(diagnostic.code, diagnostic.severity);
    if (this.#diagnostics.length < MAX_KEPT) this.#diagnostics.push(diagnostic);
    else this.#dropped += 1;
  }

  #count(code: string, severity: Diagnostic['severity'] = 'error'): void {
    if (severity !== 'error') return;
    this.#errors += 1;
    if (code !== 'STAGE_DUPLICATE') this.#refusals += 1;
  }

  /** In the order of the text; files in the order in which they were first blamed. */
  sorted(): Diagnostic[] {
    const fileRank = new Map<string, number>();
    for (const { at } of this.#diagnostics) {
      if (at !== undefined && !fileRank.has(at.file)) fileRank.set(at.file, fileRank.size);
    }
    const rankOf = ({ at }: Diagnostic): number =>
      at === undefined ? fileRank.size : (fileRank.get(at.file) ?? 0);
    const sorted = this.#diagnostics.toSorted(
      (a, b) =>
        rankOf(a) - rankOf(b) ||
        (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
        (a.at?.column ?? 0) - (b.at?.column ?? 0),
    );
    if (this.#dropped === 0) return sorted;
    const message = `the config has at least ${this.#dropped} more problems, which are left out`;
    return [...sorted, { code: 'CONFIG_TOO_MANY', severity: 'error', message, path: [] }];
  }
}
