import { type ParseOperations, parse, type StringifyOperations, stringify } from 'devalue';
import { MillraceError } from '../millrace-error.ts';
import {
  binaryFrom,
  binaryTypeOf,
  bytesOf,
  hasWholeElements,
  isBinary,
  isBinaryType,
} from './binary-value.ts';
import { setOwnProperty } from './own-property.ts';

/**
 * Writes a sealed value as devalue text. devalue alone would turn a nested Buffer into a Uint8Array and
 * refuse a key `__proto__`; so bytes go into `Bytes` records of ours, and such keys are escaped.
 */
export function writeRichText(value: unknown): string {
  return stringify(value, { Bytes: reduceBytes }, { operations: WRITING });
}

/**
 * Reads what {@link writeRichText} wrote, and nothing else that devalue knows. The time and memory that
 * it takes follow the length of the text, whatever array lengths the text claims.
 * @throws whatever JSON, devalue or a built-in class throws at malformed text
 */
export function readRichText(text: string): unknown {
  return parse(text, { Bytes: reviveBytes }, { operations: READING });
}

/** Keys that are escaped: `__proto__` behind any number of escape signs. One sign more is written. */
const ESCAPED_KEY = /^~*__proto__$/;

const WRITING: Partial<StringifyOperations> = {
  isThenable: () => false,
  shapeOf: (value: object) => ({ kind: 'plain', keys: Object.keys(value).map(escapeKey) }),
  get: (value: Record<string, unknown>, key) =>
    value[typeof key === 'string' ? unescapeKey(key) : key],
};

const READING: Partial<ParseOperations> = {
  set: (target: Record<string, unknown>, key, value: unknown) => {
    if (typeof key === 'number') target[key] = value;
    else setOwnProperty(target, unescapeKey(key), value);
  },
  createNullPrototypeObject: () => refuse('an object without prototype'),
  fromRegExpInfo: () => refuse('a regular expression'),
  fromStringValue: (tag) => refuse(tag),
  fromArrayBuffer: () => refuse('a bare ArrayBuffer'),
  fromViewInfo: (tag) => refuse(`a bare ${tag}`),
  box: () => refuse('a boxed primitive'),
};

function escapeKey(key: string): string {
  return key.endsWith('__proto__') && ESCAPED_KEY.test(key) ? `~${key}` : key;
}

function unescapeKey(key: string): string {
  return key.endsWith('__proto__') && ESCAPED_KEY.test(key) ? key.slice(1) : key;
}

function reduceBytes(value: unknown): [type: string, base64: string] | undefined {
  if (typeof value !== 'object' || value === null || !isBinary(value)) return undefined;
  const { buffer, byteOffset, byteLength } = bytesOf(value);
  return [binaryTypeOf(value), Buffer.from(buffer, byteOffset, byteLength).toString('base64')];
}

function reviveBytes(record: unknown): unknown {
  const [type, base64] = Array.isArray(record) ? record : [];
  if (!isBinaryType(type) || typeof base64 !== 'string') throw foreign('a malformed Bytes record');
  const bytes = Buffer.from(base64, 'base64');
  if (!hasWholeElements(type, bytes)) throw foreign(`a ${type} of ${bytes.byteLength} bytes`);
  return binaryFrom(type, bytes);
}

function refuse(what: string): never {
  throw foreign(what);
}

function foreign(what: string): MillraceError {
  return new MillraceError('VALUE_CORRUPT', `it holds ${what}, which is never written`);
}
