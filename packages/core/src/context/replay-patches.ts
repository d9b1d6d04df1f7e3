import { setOwnProperty } from '../base/codec/own-property.ts';
import { invariant } from '../base/invariant.ts';
import type { Patch } from './immer.ts';

type Container = Record<string, unknown> | unknown[];

/**
 * The value that patches make of an earlier one, frozen; untouched parts are shared with both. Immer's own
 * replay refuses keys such as `constructor` and copies each patch deeply, so it is not used.
 * @throws MillraceError INVARIANT_BROKEN when the patches do not fit the value
 */
export function replayPatches(before: unknown, patches: unknown): unknown {
  const replay = new Replay(before);
  for (const patch of patches as readonly Patch[]) replay.apply(patch);
  return replay.finish();
}

class Replay {
  #root: unknown;
  /** Containers that were made here, and so may be written to until the end. */
  readonly #fresh = new Set<Container>();

  constructor(before: unknown) {
    this.#root = before;
  }

  apply({ op, path, value }: Patch): void {
    const last = path.at(-1);
    invariant(last !== undefined, 'a patch replaces its whole key');
    this.#root = this.#writable(this.#root);
    let parent = this.#root as Container;
    for (const part of path.slice(0, -1)) {
      invariant(
        Object.hasOwn(parent, part),
        `a patch leads through ${String(part)}, which is gone`,
      );
      const child = this.#writable(Reflect.get(parent, part));
      write(parent, part, child);
      parent = child;
    }
    if (op === 'remove') remove(parent, last);
    else if (op === 'add' && Array.isArray(parent)) parent.splice(Number(last), 0, value);
    else write(parent, last, value);
  }

  finish(): unknown {
    for (const container of this.#fresh) Object.freeze(container);
    return this.#root;
  }

  #writable(container: unknown): Container {
    invariant(typeof container === 'object' && container !== null, 'a patch leads into no object');
    if (this.#fresh.has(container as Container)) return container as Container;
    // slice keeps holes, and a spread keeps an own key `__proto__`.
    const copy: Container = Array.isArray(container) ? container.slice() : { ...container };
    this.#fresh.add(copy);
    return copy;
  }
}

function write(parent: Container, part: string | number, value: unknown): void {
  if (!Array.isArray(parent)) setOwnProperty(parent, String(part), value);
  else if (part === 'length') parent.length = Number(value);
  else parent[Number(part)] = value;
}

function remove(parent: Container, part: string | number): void {
  if (Array.isArray(parent)) parent.splice(Number(part), 1);
  else delete parent[part];
}
