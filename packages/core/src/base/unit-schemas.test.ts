import { describe, expect, it } from '@jest/globals';
import { duration } from './duration-schema.ts';
import { schemaIssues } from './schema-issues.ts';
import { size } from './size-schema.ts';
import { z } from './zod.ts';

const params = z.object({
  every: duration().default(60_000),
  grace: duration().prefault('5s'),
  chunk: size().optional(),
});

function faultsOf(value: unknown): string[] {
  const { error } = params.safeParse(value);
  return error === undefined
    ? []
    : schemaIssues(error, value).map(({ path, message, got }) => `${path}: ${message}, got ${got}`);
}

describe('durations and sizes as params', () => {
  it('are text with a unit in the config and numbers in the stage', () => {
    expect(params.parse({ every: '1.5m', chunk: '10MiB' })).toEqual({
      every: 90_000,
      grace: 5000,
      chunk: 10_485_760,
    });
    expect(params.parse({})).toEqual({ every: 60_000, grace: 5000 });
  });

  it('without their unit are refused in words that name the units', () => {
    expect(faultsOf({ every: 90, grace: '5', chunk: '10M' })).toEqual([
      'every: must be a duration with a unit, such as "250ms", "1.5s", "5m", "2h" or "1d", got 90',
      'grace: must be a duration with a unit, such as "250ms", "1.5s", "5m", "2h" or "1d", got the text "5"',
      'chunk: must be a size with a unit (B, kB, MB, GB, KiB, MiB, GiB), such as "512B", "64kB", "10MB" or "1.5GiB", got the text "10M"',
    ]);
  });

  it('that are out of range are refused as well', () => {
    expect(faultsOf({ every: '99999999d', chunk: `${'9'.repeat(40)}GB` })).toEqual([
      'every: must be a duration of at most 100 years, got the text "99999999d"',
      `chunk: must be a size of at most 8,000,000 GiB, got the text "${'9'.repeat(40)}GB"`,
    ]);
  });

  it('tell an editor what they look like', () => {
    expect(z.toJSONSchema(params, { io: 'input' }).properties).toMatchObject({
      every: {
        type: 'string',
        pattern: expect.any(String),
        description: expect.stringContaining('"250ms"'),
      },
      chunk: { type: 'string', pattern: expect.any(String) },
    });
  });
});
