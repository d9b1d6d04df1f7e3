import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type Row, verdictOf } from './testing-local/verdict.ts';

const bar = z.object({ symbol: z.string(), close: z.number() });

describe('objects', () => {
  const loose = z.looseObject({ a: z.string() });
  it.each<Row>([
    ['more keys than wanted are left aside', bar, z.object({ close: z.number() }), 'fits'],
    ['a missing key is told', z.object({ symbol: z.string() }), bar, 'close is missing'],
    [
      'a missing key of any type is told',
      z.object({}),
      z.object({ a: z.unknown() }),
      'a is missing',
    ],
    ['an optional key may be missing', bar.partial({ close: true }), bar, 'close may be missing'],
    [
      'an optional key may have any type to be missing',
      bar.partial(),
      z.object({ close: z.unknown() }),
      'fits',
    ],
    [
      'a key of another type is told',
      bar,
      bar.extend({ close: z.string() }),
      'close is a number, not text',
    ],
    ['a key that is not wanted may be absent', z.object({}), bar.partial(), 'fits'],
    [
      'a key with a default may be absent',
      z.object({}),
      z.object({ a: z.string().default('') }),
      'fits',
    ],
    ['a caught key may be absent', z.object({}), z.object({ a: z.string().catch('') }), 'fits'],
    [
      'a preprocessed key may be absent',
      z.object({}),
      z.object({ a: z.preprocess(String, z.string()) }),
      'fits',
    ],
    [
      'undefined is as good as absent',
      bar.partial(),
      z.object({ close: z.exactOptional(z.number()) }),
      'fits',
    ],
    [
      'a strict object refuses a key',
      bar,
      z.strictObject({ symbol: z.string() }),
      'close is a key that is not accepted',
    ],
    [
      'a strict object may not know what else is there',
      loose,
      z.strictObject({ a: z.string() }),
      'fits',
    ],
    ['a loose object may have the key', loose, z.object({ b: z.number() }), 'fits'],
    [
      'other keys of a type are compared',
      z.object({ a: z.string() }),
      z.object({}).catchall(z.number()),
      'a is text, not a number',
    ],
    [
      'a key that must be left out',
      z.object({ a: z.string() }),
      z.object({ a: z.never().optional() }),
      'a is text, not undefined',
    ],
    [
      'keys with odd names are quoted',
      z.object({ 'a b': z.string() }),
      z.object({ 'a b': z.int() }),
      '["a b"] is text, not a whole number',
    ],
    [
      'names of Object.prototype are ordinary',
      z.object({ toString: z.string() }),
      z.object({ constructor: z.string() }),
      'constructor is missing',
    ],
    ['readonly changes nothing', bar.readonly(), bar, 'fits'],
    ['a brand changes nothing', bar.brand<'Bar'>(), bar, 'fits'],
    [
      'what authors note changes nothing',
      z.object({ a: z.string().meta({ type: 'number', id: 'x' }) }),
      z.object({ a: z.string().meta({ id: 'x' }) }),
      'fits',
    ],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});

describe('records', () => {
  const prices = z.record(z.string(), z.number());
  it.each<Row>([
    ['a record fits a record', prices, z.record(z.string(), z.number().nullable()), 'fits'],
    [
      'values of another type are told',
      prices,
      z.record(z.string(), z.string()),
      '["*"] is a number, not text',
    ],
    ['an object is a record', z.object({ a: z.number(), b: z.int().optional() }), prices, 'fits'],
    ['an object with another value is not', bar, prices, 'symbol is text, not a number'],
    ['a record may lack a key', prices, z.object({ a: z.number() }), 'a may be missing'],
    [
      'a record may have a key of the wrong type',
      prices,
      z.object({ a: z.string().optional() }),
      'a is a number, not text or undefined',
    ],
    [
      'a record may have keys that are refused',
      prices,
      z.strictObject({}),
      'may have other keys, which are not accepted',
    ],
    [
      'a record of known keys has them all',
      z.record(z.enum(['a', 'b']), z.number()),
      z.object({ a: z.number() }),
      'fits',
    ],
    [
      'a partial record may lack one',
      z.partialRecord(z.enum(['a', 'b']), z.number()),
      z.object({ a: z.number() }),
      'a may be missing',
    ],
    [
      'a record of known keys refuses others',
      z.object({ a: z.number(), c: z.number() }),
      z.partialRecord(z.enum(['a', 'b']), z.number()),
      'c is a key that is not accepted',
    ],
    [
      'a loose record does not',
      z.object({ a: z.number(), c: z.string() }),
      z.looseRecord(z.enum(['a']), z.number()),
      'fits',
    ],
    [
      'a pattern may take the key',
      z.object({ a: z.number() }),
      z.record(z.string().regex(/^b/), z.number()),
      'fits',
    ],
    [
      'numbers as keys are text',
      z.record(z.int(), z.string()),
      z.record(z.string(), z.string()),
      'fits',
    ],
    [
      'known numbers as keys are known text',
      z.record(z.literal([1, 2]), z.string()),
      z.object({ 1: z.string() }),
      'fits',
    ],
    ['a list is not a record', z.array(z.number()), prices, 'is a list, not an object'],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});
