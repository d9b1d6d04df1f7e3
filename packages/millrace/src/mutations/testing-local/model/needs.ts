import type { Faults } from './fault.ts';
import { patternOf } from './pattern.ts';
import { isList, textsOf } from './plain.ts';
import type { Member, Scope } from './scope.ts';

/** Turns what stages need as it is written into ids of the whole config. */
export class Needs {
  readonly #faults: Faults;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  of({ fields, scope, id }: Member): readonly string[] {
    const own = this.#written(fields.needs);
    if (own.length > 0) return this.#resolve(own, scope, id);
    return scope.owner === undefined ? [] : this.of(scope.owner);
  }

  #written(needs: unknown): readonly string[] {
    return isList(needs) ? needs.map(String) : textsOf(needs);
  }

  #resolve(names: readonly string[], scope: Scope, id: string): readonly string[] {
    if (new Set(names).size < names.length) this.#faults.add('a dependency is there twice', id);
    const ids = names.flatMap((name) => {
      const found = find(name, scope);
      if (found.length === 0) this.#faults.add(`there is no stage ${name} to need`, id, name);
      return found.flatMap((member) => this.#idsOf(member));
    });
    return [...new Set(ids)];
  }

  #idsOf({ id, inner }: Member): readonly string[] {
    return inner === undefined ? [id] : this.#lastOf(inner);
  }

  #lastOf(scope: Scope): readonly string[] {
    const needed = scope.members.flatMap(({ fields, id }) =>
      this.#resolve(this.#written(fields.needs), scope, id),
    );
    return scope.members
      .flatMap((member) => this.#idsOf(member))
      .filter((id) => !needed.includes(id));
  }
}

function find(text: string, scope: Scope): readonly Member[] {
  const pattern = patternOf(text);
  const own = scope.members.filter(({ name, id }) => {
    const instance = id.slice(scope.prefix.length);
    return text === name || text === instance || pattern?.test(instance) === true;
  });
  if (own.length > 0) return own;
  for (const { index } of text.matchAll(/\/(?![^[\]]*\])/g)) {
    const inside = find(text.slice(0, index), scope).flatMap(({ inner }) =>
      inner === undefined ? [] : find(text.slice(index + 1), inner),
    );
    if (inside.length > 0) return inside;
  }
  return [];
}
