import type { EncodedValue } from '../base/codec/index.ts';
import { isPlainObject } from '../base/tracked-object.ts';
import type { ValueHash } from '../checkpoint/index.ts';

/** A value of a capsule file in its stored form; undefined when it has none. Its hash is not checked here. */
export function encodedFrom(hash: ValueHash, entry: unknown): EncodedValue | undefined {
  if (!isPlainObject(entry)) return undefined;
  const { codec, version, type, value, text, base64 } = entry;
  if (codec === 'bytes' && typeof base64 === 'string') {
    const body = Uint8Array.from(Buffer.from(base64, 'base64'));
    return trusted({ codec, version, type, body, hash, byteLength: body.byteLength });
  }
  const body = codec === 'json' ? jsonText(value) : text;
  if (typeof body !== 'string') return undefined;
  return trusted({ codec, version, body, hash, byteLength: Buffer.byteLength(body) });
}

/** Undefined for what is nested deeper than any value that is ever written. */
function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** The codec checks each field, whatever the file had in it. */
function trusted(fields: Readonly<Record<string, unknown>>): EncodedValue {
  return fields as unknown as EncodedValue;
}
