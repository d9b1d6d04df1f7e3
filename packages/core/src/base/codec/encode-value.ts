import { MillraceError } from '../millrace-error.ts';
import { type BinaryValue, binaryTypeOf, bytesOf } from './binary-value.ts';
import {
  CODEC_VERSION,
  computeHash,
  type EncodedBytes,
  type EncodedText,
  type EncodedValue,
} from './encoded-value.ts';
import { writeRichText } from './rich-text.ts';
import type { SealedValue } from './sealed-value.ts';

/**
 * The stored form of a value. Bytes are not copied: the body shares the memory of the sealed value.
 * @throws MillraceError VALUE_TOO_LARGE when the text would be longer than a string can be
 */
export function encodeValue(sealed: SealedValue): EncodedValue {
  if (sealed.kind === 'bytes') return encodeBytes(sealed.value as BinaryValue);
  return sealed.kind === 'json'
    ? encodeText('json', JSON.stringify, sealed.value)
    : encodeText('devalue', writeRichText, sealed.value);
}

function encodeBytes(value: BinaryValue): EncodedBytes {
  const type = binaryTypeOf(value);
  const body = bytesOf(value);
  const { byteLength } = body;
  const hash = computeHash({ codec: 'bytes', type, body });
  return { codec: 'bytes', version: CODEC_VERSION, type, body, hash, byteLength };
}

function encodeText(
  codec: EncodedText['codec'],
  write: (value: unknown) => string,
  value: unknown,
): EncodedText {
  try {
    const body = write(value);
    const hash = computeHash({ codec, body });
    return { codec, version: CODEC_VERSION, body, hash, byteLength: Buffer.byteLength(body) };
  } catch (thrown) {
    if (!isStringTooLong(thrown)) throw thrown;
    throw new MillraceError(
      'VALUE_TOO_LARGE',
      'the text of a value exceeds the longest string that Node can hold',
      {
        cause: thrown,
        help: 'Return large numbers in a typed array as a key of its own, or write the data to an artifact.',
      },
    );
  }
}

function isStringTooLong(thrown: unknown): boolean {
  return thrown instanceof RangeError && thrown.message.includes('string length');
}
