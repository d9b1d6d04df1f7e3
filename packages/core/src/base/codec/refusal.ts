import { types } from 'node:util';
import { type BinaryValue, binaryTypeOf } from './binary-value.ts';
import { classNameOf, hasPrototypeChain } from './intrinsic.ts';
import type { UnstorableReason } from './unstorable-value.ts';

/** Why a part cannot be stored; `finding` is the rest of a sentence that begins with its path. */
export interface Refusal {
  readonly reason: UnstorableReason;
  readonly finding: string;
}

/** Finds the most helpful words for an object that is neither plain nor of a supported class. */
export function refuseObject(value: object): Refusal {
  const name = classNameOf(value);
  if (types.isPromise(value)) return { reason: 'promise', finding: 'is a promise' };
  if (types.isNativeError(value)) return { reason: 'error', finding: `is an error (${name})` };
  if (types.isRegExp(value)) {
    return { reason: 'regular-expression', finding: 'is a regular expression' };
  }
  if (types.isBoxedPrimitive(value)) {
    return { reason: 'boxed-primitive', finding: `is a boxed primitive (new ${name})` };
  }
  if (types.isWeakMap(value) || types.isWeakSet(value) || name === 'WeakRef') {
    return { reason: 'weak-reference', finding: `is a ${name}` };
  }
  if (name === 'URL') return { reason: 'url', finding: 'is a URL' };
  return { reason: 'class-instance', finding: `is an instance of class ${name}` };
}

/** Why bytes cannot be stored, or undefined when they can. */
export function refuseBinary(value: BinaryValue): Refusal | undefined {
  const type = binaryTypeOf(value);
  const buffer: ArrayBufferLike = ArrayBuffer.isView(value) ? value.buffer : value;
  if (types.isSharedArrayBuffer(buffer)) {
    return { reason: 'shared-memory', finding: 'lies in shared memory that other threads change' };
  }
  if (buffer.detached) {
    return { reason: 'detached-buffer', finding: `is a ${type} whose buffer was transferred away` };
  }
  if (buffer.resizable) {
    return { reason: 'resizable-buffer', finding: `is a ${type} over a resizable ArrayBuffer` };
  }
  return hasOwnClass(value, type) ? undefined : refuseObject(value);
}

function hasOwnClass(value: BinaryValue, type: string): boolean {
  if (type === 'Buffer') return Object.getPrototypeOf(value) === Buffer.prototype;
  return hasPrototypeChain(value, type === 'DataView' || type === 'ArrayBuffer' ? 1 : 2);
}
