import { parseDurationMs, parseSizeBytes, problem, type Result, success } from '@millrace/core';
import { numberFault } from '../parse/number-fault.ts';
import { readJson } from '../parse/read-json.ts';
import { ConfigSource, type Span } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import type { ConfigNode, ScalarValue } from '../tree/config-node.ts';
import { fromValue } from '../tree/from-value.ts';
import { toPlain } from '../tree/to-plain.ts';

/** What `${env:NAME|type}` may be read as. Durations and sizes stay text, as a config writes them. */
export const PLACEHOLDER_TYPES = [
  'text',
  'int',
  'number',
  'boolean',
  'json',
  'duration',
  'size',
] as const;

export type PlaceholderType = (typeof PLACEHOLDER_TYPES)[number];

/** Those that can be a part of a longer text. */
const IN_TEXT: readonly PlaceholderType[] = ['text', 'int', 'number', 'boolean'];

const EXPECTED: Readonly<Record<PlaceholderType, string>> = {
  text: 'text',
  int: 'a whole number, such as 8080',
  number: 'a number, such as 0.5',
  boolean: 'true or false',
  json: 'JSON, such as ["a", "b"]',
  duration: 'a duration with a unit, such as 5m',
  size: 'a size with a unit, such as 10MiB',
};

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);

export function isPlaceholderType(text: string): text is PlaceholderType {
  return PLACEHOLDER_TYPES.some((type) => type === text);
}

export function fitsInText(type: PlaceholderType): boolean {
  return IN_TEXT.includes(type);
}

/** A text from outside as a value of the type, or what was expected of it. */
export function readTyped(
  text: string,
  type: PlaceholderType,
  at: Span,
): Result<ConfigNode, string> {
  const scalar = (value: ScalarValue): Result<ConfigNode, string> => {
    const isAsWritten = typeof value === 'string' || String(value) === text;
    return success({ kind: 'scalar', value, ...(isAsWritten ? {} : { written: text }), span: at });
  };
  switch (type) {
    case 'text':
      return scalar(text);
    case 'int': {
      const value = WHOLE.test(text) ? Number(text) : Number.NaN;
      return Number.isSafeInteger(value) ? scalar(value) : problem(EXPECTED.int);
    }
    case 'number': {
      const value = Number(text);
      const isSound = DECIMAL.test(text) && numberFault(text, value) === undefined;
      return isSound ? scalar(value) : problem(EXPECTED.number);
    }
    case 'boolean': {
      const value = BOOLEANS.get(text);
      return value === undefined ? problem(EXPECTED.boolean) : scalar(value);
    }
    case 'duration':
      return parseDurationMs(text).ok ? scalar(text) : problem(EXPECTED.duration);
    case 'size':
      return parseSizeBytes(text).ok ? scalar(text) : problem(EXPECTED.size);
    case 'json':
      return readTypedJson(text, at);
  }
}

/** With the rules of a JSON config: no key twice, no number that loses digits. */
function readTypedJson(text: string, at: Span): Result<ConfigNode, string> {
  const problems = new Problems();
  const node = readJson(new ConfigSource('override', '', text), problems);
  const value =
    node === undefined || problems.hasErrors
      ? undefined
      : fromValue(toPlain(node), { at, problems });
  return value === undefined ? problem(EXPECTED.json) : success(value);
}
