/**
 * The least of a reader for R's `save()` format (RDX2, XDR), already decompressed: enough for the numeric
 * matrices and their attributes in the packages `tseries` and `AER`.
 *
 * Format: R Internals, section 1.8 "Serialization Formats".
 */

/** A vector with its attributes; a plain vector has an empty attribute map. */
export interface RValue {
  readonly values: readonly (number | string | RValue | null)[];
  readonly attributes: ReadonlyMap<string, RValue>;
}

const TYPE = {
  symbol: 1,
  pairList: 2,
  char: 9,
  logical: 10,
  integer: 13,
  real: 14,
  strings: 16,
  list: 19,
};
const NIL = 254;
const REFERENCE = 255;
const HAS_ATTRIBUTES = 0x200;
const HAS_TAG = 0x400;

class Reader {
  #offset = 0;
  readonly #view: DataView;
  readonly #symbols: string[] = [];

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  text(length: number): string {
    const start = this.#view.byteOffset + this.#offset;
    this.#offset += length;
    return Buffer.from(this.#view.buffer as ArrayBuffer, start, length).toString('latin1');
  }

  int(): number {
    this.#offset += 4;
    return this.#view.getInt32(this.#offset - 4);
  }

  real(): number {
    this.#offset += 8;
    return this.#view.getFloat64(this.#offset - 8);
  }

  symbol(flags: number): string {
    if ((flags & 255) === REFERENCE) return this.#symbols[(flags >> 8) - 1] ?? '';
    this.int();
    const name = this.text(this.int());
    this.#symbols.push(name);
    return name;
  }

  pairList(firstFlags: number): Map<string, RValue> {
    const entries = new Map<string, RValue>();
    for (let flags = firstFlags; (flags & 255) !== NIL; flags = this.int()) {
      const tag = flags & HAS_TAG ? this.symbol(this.int()) : '';
      entries.set(tag, this.item());
    }
    return entries;
  }

  item(): RValue {
    const flags = this.int();
    const values = this.#values(flags);
    const attributes =
      flags & HAS_ATTRIBUTES ? this.pairList(this.int()) : new Map<string, RValue>();
    return { values, attributes };
  }

  #values(flags: number): RValue['values'] {
    const type = flags & 255;
    if (type === NIL) return [];
    if (type === TYPE.symbol || type === REFERENCE) return [this.symbol(flags)];
    const length = this.int();
    if (type === TYPE.char) return [length < 0 ? null : this.text(length)];
    const read = {
      [TYPE.logical]: () => this.int(),
      [TYPE.integer]: () => this.int(),
      [TYPE.real]: () => this.real(),
      [TYPE.strings]: () => this.item().values[0] ?? null,
      [TYPE.list]: () => this.item(),
    }[type];
    if (read === undefined) throw new TypeError(`R type ${type} is not read here`);
    return Array.from({ length }, read);
  }
}

/** The named objects of one decompressed `.rda` file. */
export function readRData(bytes: Uint8Array): ReadonlyMap<string, RValue> {
  const reader = new Reader(bytes);
  const magic = reader.text(7);
  if (magic !== 'RDX2\nX\n') throw new TypeError(`not an RDX2 file: ${JSON.stringify(magic)}`);
  for (let field = 0; field < 3; field += 1) reader.int();
  return reader.pairList(reader.int());
}
