import { types } from 'node:util';

const VIEW_CONSTRUCTORS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
};

/** Names what the bytes are, so that they come back as the same class. */
export type BinaryType = keyof typeof VIEW_CONSTRUCTORS | 'Float16Array' | 'Buffer' | 'ArrayBuffer';

/** Bytes without structure: a view of an ArrayBuffer or an ArrayBuffer itself. */
export type BinaryValue = ArrayBufferView | ArrayBuffer;

type ViewConstructor = (new (
  buffer: ArrayBuffer,
) => ArrayBufferView) & {
  readonly BYTES_PER_ELEMENT?: number;
};

/** Node 22 has no Float16Array, Node 24 has. */
const FLOAT_16_ARRAY: unknown = Reflect.get(globalThis, 'Float16Array');
const CONSTRUCTORS = new Map<string, ViewConstructor>(Object.entries(VIEW_CONSTRUCTORS));
if (typeof FLOAT_16_ARRAY === 'function') {
  CONSTRUCTORS.set('Float16Array', FLOAT_16_ARRAY as ViewConstructor);
}

export function isBinary(value: object): value is BinaryValue {
  return ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value);
}

/** Call it with a value for which `isBinary` holds. Reads internal slots, which no property can fake. */
export function binaryTypeOf(value: BinaryValue): BinaryType {
  if (!ArrayBuffer.isView(value)) return 'ArrayBuffer';
  if (types.isDataView(value)) return 'DataView';
  if (Buffer.isBuffer(value)) return 'Buffer';
  return (value as Uint8Array)[Symbol.toStringTag] as BinaryType;
}

export function isBinaryType(name: unknown): name is BinaryType {
  return name === 'Buffer' || name === 'ArrayBuffer' || CONSTRUCTORS.has(name as string);
}

/** Exactly the bytes that the value shows, without copying them. */
export function bytesOf(value: BinaryValue): Uint8Array<ArrayBuffer> {
  // Shared memory is refused before any bytes are read.
  if (!ArrayBuffer.isView(value)) return new Uint8Array(value);
  return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
}

/** A value of the same class with an ArrayBuffer of its own that holds only the shown bytes. */
export function copyBinary(value: BinaryValue): BinaryValue {
  return binaryFrom(binaryTypeOf(value), copyBytes(bytesOf(value)));
}

/** `bytes` in a buffer that belongs to nobody else, never in Buffer's shared pool. */
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}

/** Whether `bytes` can be read as elements of `type`. */
export function hasWholeElements(type: BinaryType, bytes: Uint8Array): boolean {
  return bytes.byteLength % (CONSTRUCTORS.get(type)?.BYTES_PER_ELEMENT ?? 1) === 0;
}

/**
 * Reads `bytes` as `type`, in the byte order of the machine (little endian wherever Node is built
 * for). It copies them only when they are a part of a larger buffer.
 */
export function binaryFrom(type: BinaryType, bytes: Uint8Array<ArrayBuffer>): BinaryValue {
  const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes : copyBytes(bytes);
  if (type === 'ArrayBuffer') return whole.buffer;
  const Constructor = CONSTRUCTORS.get(type);
  return Constructor === undefined ? Buffer.from(whole.buffer) : new Constructor(whole.buffer);
}
