import type { ReadKeys } from '@millrace/core';

/** A key or pattern that ends in brackets: what the instances of a stage write. */
const WITH_LABEL = /^([^[\]]+)(\[[^[\]]*\])$/;

/** What the context keys of a pipeline are called in the whole config: those of a pipeline inside another one have a prefix. */
export class KeySpace {
  /** Ends in `/`; empty for the config's own pipeline. */
  readonly prefix: string;
  /** Keys that it shares with the pipeline around it, by their name inside. */
  readonly shared: ReadonlyMap<string, ReadKeys>;

  constructor(prefix = '', shared: ReadonlyMap<string, ReadKeys> = new Map()) {
    this.prefix = prefix;
    this.shared = shared;
  }

  /** Of a key as it is written in the pipeline; several for a shared key that is gathered. */
  keyOf(written: string): ReadKeys {
    const known = this.shared.get(written);
    if (known !== undefined) return known;
    const [, base, label] = WITH_LABEL.exec(written) ?? [];
    const shared = base === undefined ? undefined : this.shared.get(base);
    return typeof shared === 'string' ? `${shared}${label}` : `${this.prefix}${written}`;
  }
}
