import { describe, expect, it } from '@jest/globals';
import { createRunId, MAX_STAGE_ID_LENGTH, stageIdFault } from './ids.ts';

describe('createRunId', () => {
  it('tells the start in UTC and ends with chance', () => {
    const random = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => at);
    const id = createRunId(Date.UTC(2026, 10, 21, 11, 33, 55), random);
    expect(id).toBe('20261121-113355-abcdefgh');
  });

  it('sorts by start', () => {
    const starts = [0, 999_999, 1e12, 1.5e12, 1.5e12 + 1000, 2e12, 4e12];
    const ids = starts.map((startMs) => createRunId(startMs));
    expect([...ids].sort()).toEqual(ids);
  });

  it('is another one each time, within the same second too', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => createRunId(1e12)));
    expect(ids.size).toBe(10_000);
    for (const id of ids) expect(id).toMatch(/^\d{8}-\d{6}-[a-z0-9]{8}$/);
  });

  it('uses 32 signs evenly, none of them an i, l, o or 1', () => {
    const signs = new Set(
      Array.from({ length: 256 }, (_, byte) =>
        createRunId(0, (size) => new Uint8Array(size).fill(byte)).at(-1),
      ),
    );
    expect(signs.size).toBe(32);
    for (const sign of 'ilo1') expect(signs.has(sign)).toBe(false);
  });
});

describe('stageIdFault', () => {
  it.each([
    'a',
    'two words',
    'constructor',
    '__proto__',
    'toString',
    'größe',
    '段階',
    '🚂',
    'a/b.c#d:e',
    'x'.repeat(MAX_STAGE_ID_LENGTH),
  ])('takes %j', (id) => {
    expect(stageIdFault(id)).toBeUndefined();
  });

  it.each([
    ['', 'is empty'],
    [' ', 'begins or ends with white space'],
    ['a ', 'begins or ends with white space'],
    ['\u00a0a', 'begins or ends with white space'],
    ['\ufeffa', 'begins or ends with white space'],
    ['a\nb', 'holds a control character'],
    ['a\tb', 'holds a control character'],
    ['a\u0085b', 'holds a control character'],
    ['a\u2028b', 'holds a control character'],
    ['a\u202eb', 'holds a control character'],
    ['a\u2066b', 'holds a control character'],
    ['\udc00a', 'holds half a surrogate pair, which no file can keep'],
    ['x'.repeat(MAX_STAGE_ID_LENGTH + 1), 'is longer than 200 characters'],
  ])('refuses %j: it %s', (id, why) => {
    expect(stageIdFault(id)).toBe(why);
  });
});
