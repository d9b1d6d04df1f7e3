/**
 * How a value is stored.
 * - `json`: `JSON.parse(JSON.stringify(value))` gives back exactly the same value;
 * - `bytes`: the value is one Buffer, typed array, DataView or ArrayBuffer, kept as raw bytes;
 * - `rich`: everything else that can be stored (Date, Map, undefined, -0, shared references, ...).
 */
export type ValueKind = 'json' | 'rich' | 'bytes';

/**
 * A value that was checked, copied and frozen, so that it can be stored and shared. Only `sealValue`
 * and `decodeValue` make one.
 */
export interface SealedValue {
  /** The engine's own copy. When `exotic`, nobody may hand it out: give `viewValue(sealed)`. */
  readonly value: unknown;
  readonly kind: ValueKind;
  /** True when the value holds something that cannot be frozen: Map, Set, Date, Buffer, typed array. */
  readonly exotic: boolean;
  /** The frozen objects and arrays through which an exotic part may be reached; for `viewValue` only. */
  readonly spine: ReadonlySet<object> | undefined;
}
