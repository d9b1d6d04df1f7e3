import { createHash, hash } from 'node:crypto';
import type { BinaryType } from './binary-value.ts';

/** The version of every codec that this code writes. */
export const CODEC_VERSION = 1;

interface EncodedHead {
  readonly version: typeof CODEC_VERSION;
  /** SHA-256 in hex over codec, version, type and body. Equal hashes mean equal values. */
  readonly hash: string;
  /** Bytes of the body; of a text, in UTF-8. */
  readonly byteLength: number;
}

/** A value as text: well-formed, so that it survives UTF-8. */
export interface EncodedText extends EncodedHead {
  readonly codec: 'json' | 'devalue';
  readonly body: string;
}

/** A value that is nothing but bytes. */
export interface EncodedBytes extends EncodedHead {
  readonly codec: 'bytes';
  /** The class that the bytes come back as. */
  readonly type: BinaryType;
  /** Shares its memory with the value that was encoded: read only. */
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What a store keeps of a value. */
export type EncodedValue = EncodedText | EncodedBytes;

/** What the hash is taken over. */
export type HashedParts =
  | Pick<EncodedText, 'codec' | 'body'>
  | Pick<EncodedBytes, 'codec' | 'type' | 'body'>;

/** Node refuses to hash more than 2 GiB at once. */
const LONGEST_HASHED_AT_ONCE = 2 ** 30;

/**
 * The identity of a value's content. The order of keys, of Map entries and of Set members is part of
 * it, and so is which parts are one object: `{ a: x, b: x }` differs from `{ a: x, b: { ...x } }`.
 */
export function hashOf(encoded: EncodedValue): string {
  return encoded.hash;
}

/** SHA-256 over `codec/version/type`, a line feed and the body. */
export function computeHash(parts: HashedParts): string {
  const type = parts.codec === 'bytes' ? parts.type : '';
  const head = `${parts.codec}/${CODEC_VERSION}/${type}\n`;
  if (parts.codec !== 'bytes') return hash('sha256', head + parts.body);
  const digest = createHash('sha256').update(head);
  for (let start = 0; start < parts.body.byteLength; start += LONGEST_HASHED_AT_ONCE) {
    digest.update(parts.body.subarray(start, start + LONGEST_HASHED_AT_ONCE));
  }
  return digest.digest('hex');
}
