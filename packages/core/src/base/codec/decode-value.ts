import { types } from 'node:util';
import { unreachable } from '../invariant.ts';
import { MillraceError } from '../millrace-error.ts';
import { problem, type Result, success } from '../result.ts';
import { binaryFrom, hasWholeElements, isBinaryType } from './binary-value.ts';
import { CODEC_VERSION, computeHash, type EncodedValue } from './encoded-value.ts';
import { readRichText } from './rich-text.ts';
import { sealOwnValue } from './seal-value.ts';
import type { SealedValue, ValueKind } from './sealed-value.ts';

/**
 * What is wrong with a stored value: its fields, an unknown codec, version or type, a length or a hash that
 * does not fit the body, or a body that cannot be read although its hash fits.
 */
export type CorruptReason = 'fields' | 'codec' | 'version' | 'type' | 'length' | 'hash' | 'body';

/** A stored value that must count as not there. */
export interface CorruptValue {
  readonly reason: CorruptReason;
  /** What was found and what was expected, in one sentence. */
  readonly message: string;
}

const KIND_OF_CODEC: Readonly<Record<EncodedValue['codec'], ValueKind>> = {
  json: 'json',
  devalue: 'rich',
  bytes: 'bytes',
};

/**
 * Checks a stored value in full and gives it back sealed. Never throws, whatever it is given. A body of
 * bytes that fills its buffer is not copied, so nobody may write to it afterwards.
 */
export function decodeValue(encoded: EncodedValue): Result<SealedValue, CorruptValue> {
  try {
    const fault = findHeadFault(encoded) ?? findHashFault(encoded);
    return fault === undefined ? decodeBody(encoded) : problem(fault);
  } catch (thrown) {
    return problem({ reason: 'body', message: `the body cannot be read: ${messageOf(thrown)}` });
  }
}

function findHeadFault(encoded: EncodedValue): CorruptValue | undefined {
  // The types promise all this, but a store gives back what its file holds.
  const { codec, version, body }: Readonly<Record<string, unknown>> = { ...encoded };
  if (typeof codec !== 'string' || !Object.hasOwn(KIND_OF_CODEC, codec)) {
    const known = Object.keys(KIND_OF_CODEC).join(', ');
    return { reason: 'codec', message: `codec ${show(codec)} is unknown; known are ${known}` };
  }
  if (version !== CODEC_VERSION) {
    const message = `version ${show(version)} of codec ${codec} is unknown; known is ${CODEC_VERSION}`;
    return { reason: 'version', message };
  }
  const isBytes = types.isUint8Array(body) && types.isArrayBuffer(body.buffer);
  if (codec === 'bytes' ? !isBytes : typeof body !== 'string') {
    return { reason: 'fields', message: `the body of codec ${codec} has the wrong type` };
  }
  if (encoded.codec === 'bytes' && !isBinaryType(encoded.type)) {
    return { reason: 'type', message: `bytes of type ${show(encoded.type)} are unknown here` };
  }
  return undefined;
}

function findHashFault(encoded: EncodedValue): CorruptValue | undefined {
  const { body } = encoded;
  const byteLength = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  if (byteLength !== encoded.byteLength) {
    const message = `the body has ${byteLength} bytes; recorded were ${show(encoded.byteLength)}`;
    return { reason: 'length', message };
  }
  const hash = computeHash(encoded);
  if (hash !== encoded.hash) {
    return {
      reason: 'hash',
      message: `the body has the hash ${hash}; recorded was ${show(encoded.hash)}`,
    };
  }
  // Half a surrogate pair hashes like U+FFFD; none is ever written.
  if (typeof body === 'string' && !body.isWellFormed()) {
    return { reason: 'body', message: 'the body is not well-formed Unicode' };
  }
  return undefined;
}

function decodeBody(encoded: EncodedValue): Result<SealedValue, CorruptValue> {
  const sealed = sealOwnValue(readBody(encoded));
  if (!sealed.ok) return problem({ reason: 'body', message: sealed.problem.message });
  // One value has one form, else equal values could have different hashes.
  if (sealed.value.kind !== KIND_OF_CODEC[encoded.codec]) {
    const message = `the body is not what codec ${encoded.codec} writes for its value`;
    return problem({ reason: 'body', message });
  }
  return success(sealed.value);
}

function readBody(encoded: EncodedValue): unknown {
  switch (encoded.codec) {
    case 'json':
      return JSON.parse(encoded.body);
    case 'devalue':
      return readRichText(encoded.body);
    case 'bytes':
      if (!hasWholeElements(encoded.type, encoded.body)) {
        throw new MillraceError(
          'VALUE_CORRUPT',
          `its length is no multiple of a ${encoded.type} element`,
        );
      }
      return binaryFrom(encoded.type, encoded.body);
    default:
      return unreachable(encoded, 'a codec passed the check of the head');
  }
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? show(thrown.message) : 'unknown reason';
}
