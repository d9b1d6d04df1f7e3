import {
  CODEC_VERSION,
  computeHash,
  type EncodedText,
  type EncodedValue,
} from './encoded-value.ts';

/** A text of so many characters takes less room within a record than by a hash, and names no other value by one. */
const LONGEST_SHORT_TEXT = 60;

/** A short value as it stands within the record that refers to it: `json:5`. Undefined for a longer one, and for bytes. */
export function shortForm(encoded: EncodedValue): string | undefined {
  if (encoded.codec === 'bytes' || encoded.body.length > LONGEST_SHORT_TEXT) return undefined;
  return `${encoded.codec}:${encoded.body}`;
}

/** The value behind a short form. What damage has made of one has another hash than its record says, or none. */
export function fromShortForm(text: string): EncodedText | undefined {
  const end = text.indexOf(':');
  const codec = text.slice(0, end);
  if (codec !== 'json' && codec !== 'devalue') return undefined;
  const body = text.slice(end + 1);
  const hash = computeHash({ codec, body });
  return { codec, version: CODEC_VERSION, body, hash, byteLength: Buffer.byteLength(body) };
}
