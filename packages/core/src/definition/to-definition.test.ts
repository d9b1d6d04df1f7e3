import { describe, expect, it } from '@jest/globals';
import { asStageId } from '../base/ids.ts';
import { type AuthoredStageInput, authoredStageSchema } from './authored-schema.ts';
import { DEFAULT_CONCURRENCY } from './default-concurrency.ts';
import type { StageDefinition } from './pipeline-definition.ts';
import { toDefinition, toStageDefinition } from './to-definition.ts';

const id = asStageId('a');

function stageFrom(authored: Omit<AuthoredStageInput, 'uses'>): StageDefinition {
  return toStageDefinition(id, authoredStageSchema.parse({ uses: 'x', ...authored }));
}

describe('a pipeline definition', () => {
  it('has every default filled in, and only what is known beside', () => {
    expect(toDefinition({ name: 'x' }, [])).toEqual({
      name: 'x',
      concurrency: DEFAULT_CONCURRENCY,
      durability: 'strict',
      failureMode: 'no-new',
      onFailure: 'keep',
      context: {},
      inputs: [],
      stages: [],
    });
    const at = { file: 'p.yaml', line: 1, column: 1 };
    const fields = { name: 'x', description: 'd', concurrency: 1, inputs: ['k'] };
    expect(toDefinition(fields, [], at)).toMatchObject({ ...fields, at });
  });
});

describe('a stage definition', () => {
  it('has only the options that its author wrote, so that the class may say the rest', () => {
    expect(stageFrom({})).toEqual({ id, uses: 'x', with: {}, needs: [], options: {} });
    const { options } = stageFrom({ timeout: '5m', grace: '0s', critical: false });
    expect(options).toEqual({ timeoutMs: 300_000, graceMs: 0, critical: false });
  });

  it('fills in the rest of a retry that is written in part', () => {
    expect(stageFrom({ retry: { attempts: 3 } }).options.retry).toEqual({
      attempts: 3,
      backoff: 'exponential',
      delayMs: 1000,
      maxDelayMs: 60_000,
      jitter: true,
    });
    const all = {
      attempts: 2,
      backoff: 'fixed',
      delay: '2s',
      maxDelay: '1s',
      jitter: false,
    } as const;
    expect(stageFrom({ retry: all }).options.retry).toEqual({
      attempts: 2,
      backoff: 'fixed',
      delayMs: 2000,
      maxDelayMs: 1000,
      jitter: false,
    });
  });

  it('does not cut a wait short that its author asked for without a longest one', () => {
    const { retry } = stageFrom({ retry: { attempts: 2, delay: '5m' } }).options;
    expect(retry).toMatchObject({ delayMs: 300_000, maxDelayMs: 300_000 });
  });

  it('tells a fallback of outputs from a stage that stands in', () => {
    expect(stageFrom({ fallback: { scores: [] } }).fallback).toEqual({
      kind: 'value',
      outputs: { scores: [] },
    });
    expect(stageFrom({ fallback: { uses: 'y' } }).fallback).toEqual({
      kind: 'stage',
      uses: 'y',
      with: {},
    });
    expect(stageFrom({ fallback: { uses: 5 } }).fallback).toEqual({
      kind: 'value',
      outputs: { uses: 5 },
    });
  });

  it('keeps renames, the place in the file and the hash of the code', () => {
    const authored = authoredStageSchema.parse({
      uses: 'x',
      needs: ['b', 'c'],
      reads: { a: 'k' },
      writes: { b: 'm' },
      with: 5,
    });
    const known = {
      at: { file: 'p.yaml', line: 2, column: 3 },
      code: { hash: 'abc', files: [], packages: [] },
    };
    expect(toStageDefinition(id, authored, known)).toEqual({
      id,
      uses: 'x',
      with: 5,
      needs: ['b', 'c'],
      reads: { a: 'k' },
      writes: { b: 'm' },
      options: {},
      ...known,
    });
  });
});
