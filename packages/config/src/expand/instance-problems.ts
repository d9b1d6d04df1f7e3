import type { Diagnostic } from '@millrace/core';
import { type Problem, Problems } from '../source/problems.ts';

/** Of what is wrong at one place in the same way, no more is told: the others are other instances. */
const MAX_ALIKE = 10;

/**
 * Passes problems on, but tells only once what is wrong with all instances of a stage, which are written
 * once: ten thousand instances with one faulty timeout are one problem.
 */
export class InstanceProblems extends Problems {
  readonly #target: Problems;
  readonly #told = new Set<string>();
  readonly #counts = new Map<string, number>();

  constructor(target: Problems) {
    super();
    this.#target = target;
  }

  override get hasErrors(): boolean {
    return this.#target.hasErrors;
  }

  override get hasRefusal(): boolean {
    return this.#target.hasRefusal;
  }

  override get isFull(): boolean {
    return this.#target.isFull;
  }

  override has(code: string): boolean {
    return this.#target.has(code);
  }

  override suggest(name: string, known: Iterable<string>): string | undefined {
    return this.#target.suggest(name, known);
  }

  override report(problem: Problem): void {
    // Of a stage that stands for itself nothing is told twice, and there may be many.
    if (isSingle(problem.path)) this.#target.report(problem);
    else super.report(problem);
  }

  override add(diagnostic: Diagnostic): void {
    const { code, message, path, at } = diagnostic;
    if (at !== undefined && !isSingle(path)) {
      const place = JSON.stringify([code, at.file, at.line, at.column]);
      const told = `${place} ${withoutId(message, path)}`;
      if (this.#told.has(told)) return;
      this.#told.add(told);
      const count = this.#counts.get(place) ?? 0;
      this.#counts.set(place, count + 1);
      if (count >= MAX_ALIKE && isStage(path)) return;
    }
    this.#target.add(diagnostic);
  }
}

function isStage(path: Diagnostic['path'] = []): boolean {
  return path[0] === 'stages' && typeof path[1] === 'string';
}

/** No instance of a stage, and no stage of a pipeline inside. */
function isSingle(path: Diagnostic['path'] = []): boolean {
  return isStage(path) && !/[[/]/.test(String(path[1]));
}

/** Ids stand quoted in messages and in paths. */
function withoutId(message: string, [section, id]: Diagnostic['path']): string {
  if (section !== 'stages' || typeof id !== 'string') return message;
  const label = /\[[^[\]]*\]$/.exec(id)?.[0];
  const masked = message.replaceAll(JSON.stringify(id), '""');
  return label === undefined ? masked : masked.replaceAll(label, '[]');
}
