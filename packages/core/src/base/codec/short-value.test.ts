import { describe, expect, test } from '@jest/globals';
import { encodeValue } from './encode-value.ts';
import type { EncodedValue } from './encoded-value.ts';
import { sealValue } from './seal-value.ts';
import { fromShortForm, shortForm } from './short-value.ts';

function encoded(value: unknown): EncodedValue {
  const sealed = sealValue(value);
  if (!sealed.ok) throw new TypeError(sealed.problem.message);
  return encodeValue(sealed.value);
}

describe('a short value', () => {
  test.each([
    [5, 'json:5'],
    ['a:b', 'json:"a:b"'],
    [{ place: 3 }, 'json:{"place":3}'],
    [null, 'json:null'],
    [undefined, expect.stringMatching(/^devalue:/)],
    [new Date(0), expect.stringMatching(/^devalue:/)],
    ['ä😀', 'json:"ä😀"'],
  ])('%p stands in its record as it is, and comes back whole', (value, text) => {
    const whole = encoded(value);
    const short = shortForm(whole);
    expect(short).toEqual(text);
    expect(fromShortForm(short ?? '')).toEqual(whole);
  });

  test('ends before a text that could hold the hash of another value', () => {
    expect(shortForm(encoded('x'.repeat(58)))).toBe(`json:"${'x'.repeat(58)}"`);
    expect(shortForm(encoded('x'.repeat(59)))).toBeUndefined();
    expect(shortForm(encoded('f'.repeat(64)))).toBeUndefined();
  });

  test('is never bytes', () => {
    expect(shortForm(encoded(Buffer.from('x')))).toBeUndefined();
  });

  test.each(['', 'json', 'bytes:00', 'JSON:5', '5'])('%p is none', (text) => {
    expect(fromShortForm(text)).toBeUndefined();
  });

  test('has another hash when a bit of it flips', () => {
    expect(fromShortForm('json:6')?.hash).not.toBe(encoded(5).hash);
  });
});
