import { describe, expect, it } from '@jest/globals';
import { parseSizeBytes } from './size.ts';

describe('parseSizeBytes', () => {
  it.each([
    ['0B', 0],
    ['512B', 512],
    ['64kB', 64_000],
    ['10MB', 10_000_000],
    ['2GB', 2_000_000_000],
    ['64KiB', 65_536],
    ['10MiB', 10_485_760],
    ['1.5GiB', 1_610_612_736],
    ['0.0001kB', 0],
    ['1.1KiB', 1126],
    ['007B', 7],
  ])('reads %s as %d', (text, sizeBytes) => {
    expect(parseSizeBytes(text)).toEqual({ ok: true, value: sizeBytes });
  });

  it.each([
    '',
    '5',
    'B',
    '5 MB',
    ' 5MB',
    '5MB ',
    '-5MB',
    '+5MB',
    '.5MB',
    '5.MB',
    '1.5B',
    '1e3MB',
    '1,5MB',
    '5mb',
    '5KB',
    '5kiB',
    '5M',
    '5TB',
    '5MBMB',
    '٥MB',
  ])('refuses %j and names the units', (text) => {
    expect(parseSizeBytes(text)).toEqual({
      ok: false,
      problem:
        'expected a size with a unit (B, kB, MB, GB, KiB, MiB, GiB), such as "512B", "64kB", "10MB" or "1.5GiB"',
    });
  });

  it('refuses what cannot be counted in whole bytes, however it is written', () => {
    const tooLarge = { ok: false, problem: 'expected a size of at most 8,000,000 GiB' };
    expect(parseSizeBytes('8000000GiB')).toMatchObject({ ok: true });
    expect(parseSizeBytes('9007199254740991B')).toMatchObject({ ok: true });
    expect(parseSizeBytes('9007199254740992B')).toEqual(tooLarge);
    expect(parseSizeBytes(`${'9'.repeat(500)}GiB`)).toEqual(tooLarge);
  });
});
