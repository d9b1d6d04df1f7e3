import { describe, expect, it } from '@jest/globals';
import { schemaIssues } from '../base/schema-issues.ts';
import type { z } from '../base/zod.ts';
import {
  authoredPipelineFieldsSchema,
  authoredStageSchema,
  durationMsSchema,
  limitSchema,
} from './authored-schema.ts';

function refusals(schema: z.ZodType, value: object): string[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return schemaIssues(parsed.error, value, schema).map(({ path }) => path.join('.'));
}

describe('a duration in a config', () => {
  it.each([
    ['250ms', 250],
    ['1.5s', 1500],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['0s', 0],
  ])('%s is %d ms', (text, durationMs) => {
    expect(durationMsSchema.parse(text)).toBe(durationMs);
  });

  it.each([5, '5', '', '5 m', '-1s', '5M', '1w', '1e3s', 's', '.5s', null, `${'9'.repeat(120)}s`])(
    'refuses %j and says what it expects',
    (value) => {
      const parsed = durationMsSchema.safeParse(value);
      expect(parsed.success).toBe(false);
      expect(parsed.error?.issues[0]?.message).toMatch(/^expected a duration/);
    },
  );
});

describe('an authored stage', () => {
  it('needs no more than what it uses', () => {
    expect(authoredStageSchema.parse({ uses: './a.ts' })).toEqual({ uses: './a.ts', needs: [] });
  });

  it('is refused for each field that is wrong or unknown', () => {
    const value = {
      uses: '',
      needs: [1],
      timeout: '0s',
      grace: 5,
      critical: 'no',
      reads: { a: '' },
      retry: { attempts: 0, backoff: 'quadratic', delays: '1s' },
      need: [],
    };
    expect(refusals(authoredStageSchema, value).sort()).toEqual([
      'critical',
      'grace',
      'need',
      'needs.0',
      'reads.a',
      'retry.attempts',
      'retry.backoff',
      'retry.delays',
      'timeout',
      'uses',
    ]);
  });

  it('is told what is to be left out for no limit, where something is', () => {
    const messages = (schema: z.ZodType, value: object): readonly string[] =>
      schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];
    expect(messages(authoredStageSchema, { uses: './a.ts', timeout: '0s' })).toEqual([
      'expected more than zero; leave timeout out for no limit',
    ]);
    expect(messages(limitSchema, { rate: { calls: 1, per: '0s' } })).toEqual([
      'expected more than zero',
    ]);
  });

  it('has a fallback of outputs, or of a stage when a text stands under uses', () => {
    const fallback = (value: unknown): string[] =>
      refusals(authoredStageSchema, { uses: 'x', fallback: value });
    expect(fallback({ scores: [], uses: 5 })).toEqual([]);
    expect(fallback({ uses: './b.ts', with: { a: 1 } })).toEqual([]);
    expect(fallback({ uses: './b.ts', wiht: {} })).toEqual(['fallback.wiht']);
    expect(fallback(5)).toEqual(['fallback']);
  });
});

describe('the fields of a pipeline', () => {
  it('need a name only', () => {
    expect(authoredPipelineFieldsSchema.parse({ name: 'x' })).toEqual({ name: 'x' });
  });

  it('are refused when wrong or unknown', () => {
    const value = {
      name: 'a\nb',
      concurrency: 1.5,
      durability: 'maybe',
      failureMode: 'stop',
      inputs: [''],
      context: [],
      stores: 'x',
    };
    expect(refusals(authoredPipelineFieldsSchema, value).sort()).toEqual([
      'concurrency',
      'context',
      'durability',
      'failureMode',
      'inputs.0',
      'name',
      'stores',
    ]);
    expect(refusals(authoredPipelineFieldsSchema, { name: 'x', concurrency: 0 })).toEqual([
      'concurrency',
    ]);
  });
});
