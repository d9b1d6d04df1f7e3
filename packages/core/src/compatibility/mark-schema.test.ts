import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type Row, verdictOf } from './testing-local/verdict.ts';

const bar = z.object({ symbol: z.string(), close: z.number() });

describe('what JSON has no words for', () => {
  const prices = z.map(z.string(), z.number());
  it.each<Row>([
    ['a Map fits a Map', prices, z.map(z.string(), z.number()), 'fits'],
    ['a Map is not an object', prices, z.object({}), 'is a Map, not an object'],
    ['a record is not a Map', z.record(z.string(), z.number()), prices, 'is an object, not a Map'],
    [
      'a Map with other keys is told',
      z.map(z.number(), z.number()),
      prices,
      'has a key that is a number, not text',
    ],
    [
      'a Map with other values is told',
      prices,
      z.map(z.string(), bar),
      '["*"] is a number, not an object',
    ],
    [
      'a Set with other items is told',
      z.set(z.string().nullable()),
      z.set(z.string()),
      '["*"] may be null, not text',
    ],
    [
      'Maps inside of Maps are compared',
      z.map(z.string(), prices),
      z.map(z.string(), z.map(z.string(), z.date())),
      '["*"]["*"] is a number, not a Date',
    ],
    ['instances of a class are not told', z.instanceof(Uint8Array), z.string(), 'fits'],
    ['nobody knows who makes the instance', z.string(), z.instanceof(Uint8Array), 'fits'],
    ['a custom type is not told', z.custom<string>(), z.number(), 'fits'],
    ['a transform gives anything', z.string().transform(Number), z.date(), 'fits'],
    [
      'what follows a transform is told',
      z.string().transform(Number).pipe(z.number()),
      z.string(),
      'is a number, not text',
    ],
    [
      'a consumer that transforms takes what it begins with',
      z.number(),
      z.string().transform(Number),
      'is a number, not text',
    ],
    [
      'a preprocessing consumer takes anything',
      z.number(),
      z.preprocess(String, z.string()),
      'fits',
    ],
    ['a catching consumer takes anything', z.number(), z.string().catch(''), 'fits'],
    ['a coercing consumer takes anything', z.array(z.string()), z.coerce.number(), 'fits'],
    ['a coercing provider gives its type', z.coerce.number(), z.string(), 'is a number, not text'],
    [
      'a codec takes what it decodes',
      z.string(),
      z.codec(z.string(), z.date(), { decode: (text) => new Date(text), encode: String }),
      'fits',
    ],
    [
      'a codec gives what it decoded',
      z.codec(z.string(), z.date(), { decode: (text) => new Date(text), encode: String }),
      z.string(),
      'is a Date, not text',
    ],
    ['stringbool gives true or false', z.stringbool(), z.string(), 'is true or false, not text'],
    ['any gives anything', z.any(), z.string(), 'fits'],
    ['unknown takes anything', z.map(z.string(), z.date()), z.unknown(), 'fits'],
    ['unknown inside takes anything', z.array(bar), z.array(z.unknown()), 'fits'],
    ['never takes nothing', z.string(), z.never(), 'is given, though nothing is accepted'],
    ['never gives nothing', z.never(), z.string(), 'fits'],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});
