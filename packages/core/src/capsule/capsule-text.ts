import { hash } from 'node:crypto';
import type { EncodedValue } from '../base/codec/index.ts';
import { unreachable } from '../base/invariant.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { Capsule, CapsuleHead } from './capsule.ts';
import { largestValues } from './largest-values.ts';

export const CAPSULE_FORMAT = 'millrace-capsule';

/** The version of the form that this code writes and reads. */
export const CAPSULE_VERSION = 1;

/** A reader has the whole text in one string, of which Node allows some 512 MiB. */
const MOST_CHARACTERS = 400_000_000;

/** A multiple of three bytes is base64 without padding, so that parts can be joined. */
const BYTES_AT_ONCE = 3 * 2 ** 20;

/**
 * The text of a capsule file, in parts, so that a large one need not be held twice. It is JSON that people can
 * read; values of plain data stand in it as they are.
 * @throws MillraceError CAPSULE_TOO_LARGE before the first part
 */
export function* capsuleText(capsule: Capsule): Generator<string> {
  const { head, values } = capsule;
  const size = estimatedLength(capsule);
  if (size > MOST_CHARACTERS) throw tooLarge(capsule, size);
  const top = { format: CAPSULE_FORMAT, version: CAPSULE_VERSION, checksum: headChecksum(head) };
  yield `${JSON.stringify({ ...top, ...head }, null, 2).slice(0, -2)},\n  "values": {`;
  let separator = '\n';
  for (const [name, value] of values) {
    yield `${separator}    ${JSON.stringify(name)}: `;
    yield* valueText(value);
    separator = ',\n';
  }
  yield values.size === 0 ? '}\n}\n' : '\n  }\n}\n';
}

/** Over all but the values, which have checksums of their own. */
export function headChecksum(head: CapsuleHead): string {
  return hash('sha256', JSON.stringify(head));
}

function* valueText(value: EncodedValue): Generator<string> {
  const start = `{"codec":${JSON.stringify(value.codec)},"version":${value.version},`;
  switch (value.codec) {
    case 'json':
      yield `${start}"value":${value.body}}`;
      return;
    case 'devalue':
      yield `${start}"text":${JSON.stringify(value.body)}}`;
      return;
    case 'bytes':
      yield `${start}"type":${JSON.stringify(value.type)},"base64":"`;
      yield* base64Parts(value.body);
      yield '"}';
      return;
    default:
      unreachable(value, 'a value has one of the known codecs');
  }
}

function* base64Parts({ buffer, byteOffset, byteLength }: Uint8Array): Generator<string> {
  for (let at = 0; at < byteLength; at += BYTES_AT_ONCE) {
    const length = Math.min(BYTES_AT_ONCE, byteLength - at);
    yield Buffer.from(buffer, byteOffset + at, length).toString('base64');
  }
}

function estimatedLength({ values }: Capsule): number {
  return [...values.values()].reduce((sum, value) => sum + lengthOf(value), 0);
}

function lengthOf({ codec, byteLength }: EncodedValue): number {
  return codec === 'bytes' ? Math.ceil(byteLength / 3) * 4 : byteLength;
}

function tooLarge(capsule: Capsule, length: number): MillraceError {
  const { stage } = capsule.head;
  const megabytes = (size: number): string => `${Math.ceil(size / 1e6)} MB`;
  const largest = largestValues(capsule, 3);
  const shown = largest.map(({ name, bytes }) => `${JSON.stringify(name)} ${megabytes(bytes)}`);
  return new MillraceError(
    'CAPSULE_TOO_LARGE',
    `the capsule of stage ${JSON.stringify(stage)} would have ${megabytes(length)}, more than ${megabytes(MOST_CHARACTERS)}; the largest values: ${shown.join(', ')}`,
    {
      details: { stage, bytes: length, largest },
      help: 'run the stage with smaller inputs, or replay it where the store is: millrace verify CONFIG --sample',
    },
  );
}
