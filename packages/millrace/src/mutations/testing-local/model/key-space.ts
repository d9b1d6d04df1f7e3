import type { Fault } from './fault.ts';
import { isList, isText, mapOf, type PlainMap, textsOf } from './plain.ts';

/** What the context keys of one use of a pipeline are called in the whole config. */
export class KeySpace {
  readonly prefix: string;
  /** Keys that it has in common with the pipeline around it, by their name inside. */
  readonly shared: PlainMap;

  constructor(prefix = '', shared: PlainMap = {}) {
    this.prefix = prefix;
    this.shared = shared;
  }

  /** One key, or several that are read together. */
  keysOf(written: string): readonly string[] {
    const [, base = written, label = ''] = /^([^[\]]+)(\[[^[\]]*\])$/.exec(written) ?? [];
    const known =
      this.shared[written] ?? (Object.hasOwn(this.shared, base) ? this.shared[base] : undefined);
    if (isList(known)) return known.map(String);
    if (isText(known)) return [written === base || label === '' ? known : `${known}${label}`];
    return [`${this.prefix}${written}`];
  }

  /** Of a pipeline inside, by what its stage and its own `inputs` say; or why it cannot be. */
  inside(id: string, stage: PlainMap, inputs: readonly string[]): KeySpace | Fault {
    const shared: Record<string, unknown> = {};
    for (const name of inputs) shared[name] = this.#outer(name);
    for (const [name, key] of Object.entries(mapOf(stage.reads))) {
      if (!inputs.includes(name))
        return { why: `the pipeline reads no ${name}`, stage: id, lacks: name };
      shared[name] = this.#outer(key);
    }
    for (const [name, key] of Object.entries(mapOf(stage.writes))) {
      const outer = this.#outer(key);
      if (shared[name] !== undefined && String(shared[name]) !== String(outer))
        return { why: `${name} is read from one key and written to another`, stage: id };
      shared[name] = outer;
    }
    return new KeySpace(`${id}/`, shared);
  }

  #outer(key: unknown): string | readonly string[] {
    const keys = isList(key)
      ? textsOf(key).flatMap((one) => this.keysOf(one))
      : this.keysOf(String(key));
    const [only] = keys;
    return !isList(key) && keys.length === 1 && only !== undefined ? only : keys;
  }
}
