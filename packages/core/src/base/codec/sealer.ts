import { types } from 'node:util';
import { trackedSource } from '../tracked-object.ts';
import { type BinaryValue, copyBinary, isBinary } from './binary-value.ts';
import { FaultTrace, REFUSED } from './fault-trace.ts';
import { createHoleyArray, firstHole, isIndex, MAX_HOLES } from './holey-array.ts';
import {
  hasExtraProperties,
  hasPrototypeChain,
  isArrayPrototype,
  isObjectPrototype,
} from './intrinsic.ts';
import { OverlapTracker } from './overlap-tracker.ts';
import { setOwnProperty } from './own-property.ts';
import { type Refusal, refuseBinary, refuseObject } from './refusal.ts';
import type { UnstorableValue } from './unstorable-value.ts';

/** Objects, arrays, Maps and Sets may be nested this deep; every walk of a value may recurse. */
export const MAX_DEPTH = 1000;

type PlainObject = Record<string, unknown>;

/** Walks one value once; made for one call of {@link Sealer.seal}. */
export class Sealer {
  /** Set when JSON would not give the value back exactly. */
  rich = false;
  /** Set when something in the value cannot be frozen. */
  exotic = false;
  /** Frozen containers from which something exotic may be reached. May hold more, never less. */
  spine: Set<object> | undefined;

  readonly #owned: boolean;
  /** Originals to their copies. Without nested objects it is never made. */
  #copies: Map<object, object> | undefined;
  #root: object | undefined;
  #rootCopy: object | undefined;
  #overlaps: OverlapTracker | undefined;
  /** Grows with each exotic part met, so that a container knows whether it holds one. */
  #exoticsMet = 0;
  #trace: FaultTrace | undefined;

  /** @param owned true to freeze in place instead of copying */
  constructor(owned: boolean) {
    this.#owned = owned;
  }

  /** The sealed value, or REFUSED. */
  seal(value: unknown): unknown {
    try {
      return this.#seal(value, 1);
    } catch (thrown) {
      return this.#fault.threw(thrown);
    }
  }

  /** Call it after `seal` gave REFUSED. @param root what messages call the value */
  refusal(root: string): UnstorableValue {
    return this.#fault.toProblem(root);
  }

  get #fault(): FaultTrace {
    this.#trace ??= new FaultTrace();
    return this.#trace;
  }

  #seal(value: unknown, depth: number): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        if (!Number.isFinite(value) || Object.is(value, -0)) this.rich = true;
        return value;
      case 'object':
        return value === null ? null : this.#sealObject(value, depth);
      case 'undefined':
      case 'bigint':
        this.rich = true;
        return value;
      case 'function':
        return this.#fault.refuse(
          'function',
          value.name === '' ? 'is a function' : `is a function (${value.name})`,
        );
      default:
        return this.#fault.refuse('symbol', `is a symbol (${String(value)})`);
    }
  }

  #sealObject(value: object, depth: number): unknown {
    if (depth > 1) {
      const known = this.#knownCopy(value);
      if (known !== undefined) return known;
    }
    if (depth > MAX_DEPTH) {
      return this.#fault.refuse('too-deep', `lies deeper than ${MAX_DEPTH} levels`);
    }
    const prototype: object | null = Object.getPrototypeOf(value);
    if (Array.isArray(value)) {
      return isArrayPrototype(prototype)
        ? this.#sealArray(value, depth)
        : this.#refuse(refuseObject(value));
    }
    if (prototype === Object.prototype || prototype === null) {
      return this.#sealPlain(value as PlainObject, depth);
    }
    return this.#sealOther(value, prototype, depth);
  }

  /** The copy of an object that was met before: a shared reference or a cycle. */
  #knownCopy(value: object): object | undefined {
    if (this.#copies === undefined) {
      this.#copies = new Map();
      if (this.#root !== undefined) this.#copies.set(this.#root, this.#rootCopy ?? this.#root);
    }
    const copy = this.#copies.get(value);
    if (copy === undefined) return undefined;
    this.rich = true;
    // Not yet frozen: exotic itself, or an ancestor that may still turn out to hold something exotic.
    if (!Object.isFrozen(copy) || this.spine?.has(copy)) this.#exoticsMet++;
    return copy;
  }

  #remember(value: object, copy: object): void {
    if (this.#copies !== undefined) {
      this.#copies.set(value, copy);
    } else {
      this.#root = value;
      this.#rootCopy = copy;
    }
  }

  #finish(copy: object, exoticsBefore: number): object {
    if (this.#exoticsMet !== exoticsBefore) {
      this.spine ??= new Set();
      this.spine.add(copy);
    }
    return Object.freeze(copy);
  }

  #sealPlain(source: PlainObject, depth: number): unknown {
    if (Object.getOwnPropertySymbols(source).length > 0) return this.#sealMarked(source, depth);
    const copy: PlainObject = this.#owned ? source : {};
    this.#remember(source, copy);
    const exoticsBefore = this.#exoticsMet;
    for (const name of Object.getOwnPropertyNames(source)) {
      const property = Object.getOwnPropertyDescriptor(source, name);
      if (property === undefined || !property.enumerable || !('value' in property)) {
        return this.#fault.property(name, property);
      }
      const sealed = this.#seal(property.value, depth + 1);
      if (sealed === REFUSED) return this.#fault.refusedAt(name);
      if (!this.#owned) setOwnProperty(copy, name, sealed);
    }
    return this.#finish(copy, exoticsBefore);
  }

  /** A stage may return its params: what stands for them is stored as what they are. */
  #sealMarked(source: PlainObject, depth: number): unknown {
    const tracked = trackedSource(source);
    if (tracked === undefined) return this.#fault.symbolKey(source);
    // Read through its getters, so that returning params counts as reading them.
    return this.#sealPlain(this.#owned ? (tracked as PlainObject) : { ...source }, depth);
  }

  #sealArray(source: readonly unknown[], depth: number): unknown {
    const { length } = source;
    if (firstHole(source) !== length) return this.#sealHoleyArray(source, depth);
    const copy = this.#owned ? (source as unknown[]) : [];
    this.#remember(source, copy);
    const exoticsBefore = this.#exoticsMet;
    for (let index = 0; index < length; index++) {
      const sealed = this.#seal(source[index], depth + 1);
      if (sealed === REFUSED) return this.#fault.refusedAt(index);
      if (!this.#owned) copy.push(sealed);
    }
    if (!this.#owned && hasExtraProperties(source, copy, length)) {
      return this.#fault.extraProperties();
    }
    return this.#finish(copy, exoticsBefore);
  }

  #sealHoleyArray(source: readonly unknown[], depth: number): unknown {
    this.rich = true;
    const keys = Object.keys(source);
    const { length } = source;
    if (length - keys.length > MAX_HOLES) {
      const finding = `is an array of length ${length} with ${keys.length} elements`;
      return this.#fault.refuse('too-many-holes', finding);
    }
    const copy = this.#owned ? (source as unknown[]) : createHoleyArray(length);
    this.#remember(source, copy);
    const exoticsBefore = this.#exoticsMet;
    for (const key of keys) {
      if (!isIndex(key)) return this.#fault.extraProperties();
      const index = Number(key);
      const sealed = this.#seal(source[index], depth + 1);
      if (sealed === REFUSED) return this.#fault.refusedAt(index);
      if (!this.#owned) copy[index] = sealed;
    }
    if (Object.getOwnPropertySymbols(source).length > 0) return this.#fault.symbolKey(source);
    return this.#finish(copy, exoticsBefore);
  }

  #sealOther(value: object, prototype: object, depth: number): unknown {
    if (isBinary(value)) return this.#sealBinary(value);
    const isMap = types.isMap(value);
    const isSet = types.isSet(value);
    if (!isMap && !isSet && !types.isDate(value)) {
      if (isObjectPrototype(prototype)) return this.#sealPlain(value as PlainObject, depth);
      return this.#refuse(refuseObject(value));
    }
    if (!hasPrototypeChain(value, 1)) return this.#refuse(refuseObject(value));
    if (Reflect.ownKeys(value).length > 0) {
      return this.#fault.extraProperties();
    }
    this.#meetExotic();
    if (isMap) return this.#sealMap(value, depth);
    if (isSet) return this.#sealSet(value, depth);
    const copy = this.#owned ? value : new Date(Date.prototype.getTime.call(value));
    this.#remember(value, copy);
    return copy;
  }

  #sealMap(source: ReadonlyMap<unknown, unknown>, depth: number): unknown {
    const copy = this.#owned ? source : new Map();
    this.#remember(source, copy);
    let entry = 0;
    for (const [key, value] of source) {
      const sealedKey = this.#seal(key, depth + 1);
      if (sealedKey === REFUSED) return this.#fault.refusedAt({ keyOfEntry: entry });
      const sealed = this.#seal(value, depth + 1);
      if (sealed === REFUSED) return this.#fault.refusedAt({ mapKey: key, entry });
      if (!this.#owned) (copy as Map<unknown, unknown>).set(sealedKey, sealed);
      entry++;
    }
    return copy;
  }

  #sealSet(source: ReadonlySet<unknown>, depth: number): unknown {
    const copy = this.#owned ? source : new Set();
    this.#remember(source, copy);
    let member = 0;
    for (const value of source) {
      const sealed = this.#seal(value, depth + 1);
      if (sealed === REFUSED) return this.#fault.refusedAt({ setMember: member });
      if (!this.#owned) (copy as Set<unknown>).add(sealed);
      member++;
    }
    return copy;
  }

  #sealBinary(value: BinaryValue): unknown {
    const refusal = refuseBinary(value);
    if (refusal !== undefined) return this.#refuse(refusal);
    this.#overlaps ??= new OverlapTracker();
    if (!this.#overlaps.take(value)) {
      return this.#fault.refuse(
        'overlapping-views',
        'shows bytes that another part of the value shows too',
      );
    }
    const copy = this.#owned ? value : copyBinary(value);
    const elements = 'length' in value ? Number(value.length) : 0;
    if (!this.#owned && hasExtraProperties(value, copy, elements)) {
      return this.#fault.extraProperties();
    }
    this.#meetExotic();
    this.#remember(value, copy);
    return copy;
  }

  #meetExotic(): void {
    this.exotic = true;
    this.rich = true;
    this.#exoticsMet++;
  }

  #refuse({ reason, finding }: Refusal): typeof REFUSED {
    return this.#fault.refuse(reason, finding);
  }
}
