import { types } from 'node:util';
import { copyBinary, isBinary } from './binary-value.ts';
import { createHoleyArray, firstHole } from './holey-array.ts';
import type { SealedValue } from './sealed-value.ts';

/**
 * What a stage is handed. A value that is wholly frozen is handed out itself. Otherwise each call copies
 * what cannot be frozen and the way to it, and shares the frozen rest, so that whatever a receiver does to
 * a Map, Date or Buffer stays with that receiver. Parts that are the same object stay so.
 */
export function viewValue(sealed: SealedValue): unknown {
  if (!sealed.exotic) return sealed.value;
  return new Viewer(sealed.spine ?? new Set()).view(sealed.value);
}

class Viewer {
  readonly #spine: ReadonlySet<object>;
  readonly #copies = new Map<object, object>();

  constructor(spine: ReadonlySet<object>) {
    this.#spine = spine;
  }

  view(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (this.#spine.has(value)) {
      return this.#copies.get(value) ?? this.#viewContainer(value as Record<string, unknown>);
    }
    if (Object.isFrozen(value)) return value;
    return this.#copies.get(value) ?? this.#viewExotic(value);
  }

  #viewContainer(container: Record<string, unknown> | readonly unknown[]): object {
    if (Array.isArray(container)) return this.#viewArray(container);
    // A spread keeps an own key `__proto__` as a key, and assigning to it afterwards stays harmless.
    const copy: Record<string, unknown> = { ...(container as Record<string, unknown>) };
    this.#copies.set(container, copy);
    for (const name of Object.keys(copy)) copy[name] = this.view(copy[name]);
    return Object.freeze(copy);
  }

  #viewArray(array: readonly unknown[]): object {
    const dense = firstHole(array) === array.length;
    const copy = dense ? [] : createHoleyArray(array.length);
    this.#copies.set(array, copy);
    if (dense) for (const element of array) copy.push(this.view(element));
    else for (const key of Object.keys(array)) copy[Number(key)] = this.view(array[Number(key)]);
    return Object.freeze(copy);
  }

  #viewExotic(value: object): object {
    if (types.isMap(value)) {
      const copy = new Map<unknown, unknown>();
      this.#copies.set(value, copy);
      for (const [key, held] of value) copy.set(this.view(key), this.view(held));
      return copy;
    }
    if (types.isSet(value)) {
      const copy = new Set<unknown>();
      this.#copies.set(value, copy);
      for (const member of value) copy.add(this.view(member));
      return copy;
    }
    const copy = isBinary(value) ? copyBinary(value) : new Date((value as Date).getTime());
    this.#copies.set(value, copy);
    return copy;
  }
}
