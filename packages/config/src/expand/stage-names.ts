import { isPattern, labelPattern } from './keys/label-pattern.ts';
import type { Planned, Scope } from './scope.ts';

/** Slashes that are no part of a label. */
const SLASHES = /\/(?![^[\]]*\])/g;

/** What `needs` may name: stages, all instances of a stage, pipelines inside, and stages inside those. */
export class StageNames {
  readonly #byScope = new Map<Scope, Map<string, Planned[]>>();
  /** Stages of which nothing is known, because of what was reported. */
  readonly #unknown = new Map<Scope, Set<string>>();

  /** @param name the stage as it is written, without the label of the instance */
  add(planned: Planned, name: string): void {
    const { scope, id } = planned;
    const names = this.#byScope.get(scope) ?? new Map<string, Planned[]>();
    this.#byScope.set(scope, names);
    const instance = id.slice(scope.prefix.length);
    names.set(instance, [planned]);
    if (instance === name) return;
    const all = names.get(name);
    if (all === undefined) names.set(name, [planned]);
    else all.push(planned);
  }

  /** As they are written in the scope: stages, their instances, and pipelines. */
  in(scope: Scope): Iterable<string> {
    return this.#byScope.get(scope)?.keys() ?? [];
  }

  markUnknown(scope: Scope, name: string): void {
    const names = this.#unknown.get(scope) ?? new Set();
    this.#unknown.set(scope, names.add(name));
  }

  /** @param text as it is written in the scope; undefined when there is nothing of the name or pattern */
  find(text: string, scope: Scope): readonly Planned[] | undefined {
    const own = this.#inScope(text, scope);
    if (own !== undefined) return own;
    for (const { index } of text.matchAll(SLASHES)) {
      const rest = text.slice(index + 1);
      const found = this.#pipelines(text.slice(0, index), scope).flatMap(
        (inner) => this.find(rest, inner) ?? [],
      );
      if (found.length > 0) return found;
    }
    return undefined;
  }

  /** Whether what a name means, or what it is an instance or inner stage of, was reported. */
  isUnknown(text: string, scope: Scope): boolean {
    if (this.#unknown.size === 0) return false;
    const unknown = this.#unknown.get(scope);
    if (unknown?.has(text) === true) return true;
    return text.matchAll(/[[/]/g).some(({ index }) => {
      const head = text.slice(0, index);
      return unknown?.has(head) === true || this.#isUnknownInside(text, index, scope);
    });
  }

  #isUnknownInside(text: string, index: number, scope: Scope): boolean {
    if (text[index] !== '/') return false;
    const rest = text.slice(index + 1);
    return this.#pipelines(text.slice(0, index), scope).some((inner) =>
      this.isUnknown(rest, inner),
    );
  }

  #pipelines(text: string, scope: Scope): readonly Scope[] {
    const found = this.#inScope(text, scope) ?? [];
    return found.flatMap((planned) => (planned.kind === 'pipeline' ? [planned.inner] : []));
  }

  #inScope(text: string, scope: Scope): readonly Planned[] | undefined {
    const names = this.#byScope.get(scope);
    const known = names?.get(text);
    if (known !== undefined || names === undefined || !isPattern(text)) return known;
    const matcher = labelPattern(text);
    const matching = scope.planned.filter(({ id }) => matcher.test(id.slice(scope.prefix.length)));
    // Instances by the hundred may name the same pattern.
    if (matching.length > 0) names.set(text, matching);
    return matching.length > 0 ? matching : undefined;
  }
}
