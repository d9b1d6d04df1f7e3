import { inspect } from 'node:util';
import type { PathSegment } from '../base/diagnostic.ts';
import { formatPath } from '../base/schema-issues.ts';
import { isPlainObject, trackedObject } from '../base/tracked-object.ts';
import type { PipelineContext } from '../context/index.ts';

/** What an attempt looked at beside its declared inputs. */
export interface AttemptReads {
  /**
   * Paths of the params that it read, `model.depth`. A nested object that was read has its path here, and
   * so has each of its parts that was. Undefined: all of them count.
   */
  readonly params: readonly string[] | undefined;
  /** Context keys, also those that it asked for in vain. */
  readonly keys: readonly string[];
  /** It asked which keys there are. */
  readonly listedKeys: boolean;
}

export const NO_READS: AttemptReads = { params: [], keys: [], listedKeys: false };

/** Notes what a stage reads, so that a change of what it never looked at re-runs nothing. */
export class ReadLog {
  #params: Set<string> | undefined;
  #keys: Set<string> | undefined;
  #summary: AttemptReads | undefined;
  #summarySize = 0;
  #readsAllParams = false;
  #listsKeys = false;

  /** The params as the stage gets them. */
  params(value: unknown): unknown {
    if (isPlainObject(value)) return this.#track(value, []);
    this.#readsAllParams = true;
    return value;
  }

  /** All keys of a context as one object, for a stage that declares no inputs. */
  inputs(context: PipelineContext): Readonly<Record<string, unknown>> {
    this.#listsKeys = true;
    const all: Record<string, unknown> = Object.create(null);
    for (const key of context.keys())
      Object.defineProperty(
        all,
        key,
        lazily(() => context.get(key)),
      );
    // Printed as values too, not as getters.
    Object.defineProperty(all, inspect.custom, { value: () => context.toObject() });
    return trackedObject(all, (key) => {
      this.key(key);
      return all[key];
    });
  }

  key(key: string): void {
    this.#keys ??= new Set();
    this.#keys.add(key);
  }

  keyList(): void {
    this.#listsKeys = true;
  }

  /** The same object as before when nothing was read since: a mapped stage asks after each item. */
  summary(): AttemptReads {
    const size = (this.#params?.size ?? 0) + (this.#keys?.size ?? 0);
    const { params, listedKeys } = this.#summary ?? {};
    const isSame =
      listedKeys === this.#listsKeys && (params === undefined) === this.#readsAllParams;
    if (this.#summary !== undefined && isSame && size === this.#summarySize) return this.#summary;
    this.#summarySize = size;
    this.#summary = {
      params: this.#readsAllParams ? undefined : sorted(this.#params),
      keys: sorted(this.#keys),
      listedKeys: this.#listsKeys,
    };
    return this.#summary;
  }

  #track(source: Readonly<Record<string, unknown>>, path: readonly PathSegment[]): unknown {
    return trackedObject(source, (key) => {
      const inner = [...path, key];
      this.#params ??= new Set();
      this.#params.add(formatPath(inner));
      const value = source[key];
      return isPlainObject(value) ? this.#track(value, inner) : value;
    });
  }
}

const NONE: readonly string[] = [];

function sorted(names: ReadonlySet<string> | undefined): readonly string[] {
  return names === undefined ? NONE : [...names].sort();
}

function lazily(get: () => unknown): PropertyDescriptor {
  let value: { readonly got: unknown } | undefined;
  return {
    enumerable: true,
    get: () => {
      value ??= { got: get() };
      return value.got;
    },
  };
}
