import { duration, parseDurationMs, parseSizeBytes, size, z } from '@millrace/core';
import { writtenDuration } from './default-value.ts';
import type { ValueUnit } from './explained-value.ts';

/** What the stage gets for a text that is a duration or a size: so many of these. */
export function unitRead(text: unknown, read: unknown): ValueUnit | undefined {
  if (typeof text !== 'string' || typeof read !== 'number') return undefined;
  const ms = parseDurationMs(text);
  if (ms.ok && ms.value === read) return 'ms';
  const bytes = parseSizeBytes(text);
  return bytes.ok && bytes.value === read ? 'bytes' : undefined;
}

/** A default of a params schema as a config would write it: a duration or a size with its unit. */
export function writtenDefault(schema: unknown, path: readonly string[], value: unknown): unknown {
  if (typeof value !== 'number') return value;
  const [pattern] = patternsOf(innerSchema(schemaAt(schema, path)));
  if (pattern === undefined) return value;
  if (pattern === DURATION) return writtenDuration(value);
  return pattern === SIZE ? writtenSize(value) : value;
}

const [DURATION] = patternsOf(duration());
const [SIZE] = patternsOf(size());

/** Of the text that a schema reads before it makes something else of it. */
function patternsOf(schema: unknown): readonly string[] {
  if (!(schema instanceof z.core.$ZodPipe)) return [];
  const text: unknown = schema._zod.def.in;
  if (!(text instanceof z.core.$ZodString)) return [];
  return (text._zod.def.checks ?? []).flatMap(({ _zod: { def } }) => {
    const pattern: unknown = Reflect.get(def, 'pattern');
    return pattern instanceof RegExp ? [pattern.source] : [];
  });
}

function schemaAt(schema: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return schema;
  const inner = innerSchema(schema);
  if (!(inner instanceof z.core.$ZodObject)) return undefined;
  const { shape } = inner._zod.def;
  return Object.hasOwn(shape, key) ? schemaAt(shape[key], rest) : undefined;
}

/** Without a default, or that it may be left out. */
function innerSchema(schema: unknown): unknown {
  if (!(schema instanceof z.core.$ZodType)) return undefined;
  const inner: unknown = Reflect.get(schema._zod.def, 'innerType');
  return inner === undefined ? schema : innerSchema(inner);
}

const SIZES: readonly (readonly [string, number])[] = [
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
];

function writtenSize(sizeBytes: number): string {
  const found = SIZES.find(([, unit]) => sizeBytes > 0 && sizeBytes % unit === 0);
  return found === undefined ? `${sizeBytes}B` : `${sizeBytes / found[1]}${found[0]}`;
}
