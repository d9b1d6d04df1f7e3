import { problem, type Result, success } from '../result.ts';
import { isBinary } from './binary-value.ts';
import { REFUSED } from './fault-trace.ts';
import type { SealedValue } from './sealed-value.ts';
import { Sealer } from './sealer.ts';
import type { UnstorableValue } from './unstorable-value.ts';

/**
 * Checks that a value can be stored exactly, and gives a deep frozen copy of it. The caller's own objects
 * are neither frozen nor kept.
 *
 * Kept: plain data, undefined, NaN, infinities, -0, bigint, Date, Map, Set, ArrayBuffer, every view of
 * one, holes, cycles and which parts are the same object. An object without prototype becomes a plain
 * one. A view keeps its class and elements, not the rest of the ArrayBuffer around it. Everything else
 * is refused with the path of the first fault; nothing is left out silently. A getter at an array
 * index is the exception: it is read once, as JSON does.
 *
 * @param path what messages call the value, such as the key that it is written to
 */
export function sealValue(value: unknown, path = 'value'): Result<SealedValue, UnstorableValue> {
  if (isPlainScalar(value))
    return success({ value, kind: 'json', exotic: false, spine: undefined });
  return seal(value, path, new Sealer(false));
}

/** What is itself in JSON too, and cannot be changed. */
function isPlainScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  return typeof value === 'string' || typeof value === 'boolean' || value === null;
}

/** Seals in place, without a copy, what nobody else holds; for freshly decoded values only. */
export function sealOwnValue(value: unknown): Result<SealedValue, UnstorableValue> {
  return seal(value, 'value', new Sealer(true));
}

function seal(value: unknown, path: string, sealer: Sealer): Result<SealedValue, UnstorableValue> {
  const sealed = sealer.seal(value);
  if (sealed === REFUSED) return problem(sealer.refusal(path));
  const { exotic } = sealer;
  const isBytes = exotic && typeof sealed === 'object' && sealed !== null && isBinary(sealed);
  const kind = isBytes ? 'bytes' : sealer.rich ? 'rich' : 'json';
  return success({ value: sealed, kind, exotic, spine: exotic ? sealer.spine : undefined });
}
