import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type OddCase, runOdd } from './testing-local/run-odd.ts';
import { stageIn } from './testing-local/run-pipeline.ts';

const raise = (error: unknown): never => {
  throw error;
};

const cases: readonly OddCase[] = [
  [
    'has an output schema that throws',
    {
      spec: { outputs: z.object({ x: z.number().refine(() => raise(new RangeError('schema'))) }) },
      run: () => ({ x: 1 }),
    },
    { reason: 'threw', phase: 'outputs', message: expect.stringContaining('schema') },
  ],
  [
    'has an output schema with an asynchronous refinement',
    {
      spec: { outputs: z.object({ x: z.number().refine(async () => true) }) },
      run: () => ({ x: 1 }),
    },
    { reason: 'threw', phase: 'outputs' },
  ],
  [
    'has an input schema that throws',
    {
      spec: {
        inputs: z.object({ list: z.any().refine(() => raise(new RangeError('schema'))) }),
      },
    },
    { reason: 'threw', phase: 'inputs', message: expect.stringContaining('schema') },
  ],
  [
    'has an input schema that refuses what it gets',
    { spec: { inputs: z.object({ list: z.array(z.string()) }) } },
    {
      reason: 'invalid-input',
      code: 'STAGE_INPUT_INVALID',
      phase: 'inputs',
      message: expect.stringContaining('list[0]'),
    },
  ],
  [
    'updates with an asynchronous recipe',
    {
      spec: { updates: z.object({ list: z.array(z.number()) }) },
      run: ({ context }) => context.update((async () => null) as never),
    },
    { reason: 'threw', thrown: expect.objectContaining({ code: 'UPDATE_ASYNC' }) },
  ],
  [
    'updates a key that it does not declare',
    {
      spec: { updates: z.object({ list: z.array(z.number()) }) },
      run: ({ context }) =>
        context.update((draft: Record<string, unknown>) => {
          draft.lost = 1;
        }),
    },
    {
      reason: 'undeclared-update',
      code: 'UPDATE_UNDECLARED',
      message: expect.stringContaining('did you mean "list"?'),
    },
  ],
  [
    'updates with what cannot be stored',
    {
      spec: { updates: z.object({ list: z.array(z.any()) }) },
      run: ({ context }) =>
        context.update((draft: { list: unknown[] }) => void draft.list.push(() => 1)),
    },
    { reason: 'unstorable-value', code: 'VALUE_UNSTORABLE' },
  ],
  [
    'updates with what its schema refuses',
    {
      spec: { updates: z.object({ list: z.array(z.number()) }) },
      run: ({ context }) =>
        context.update((draft: { list: unknown[] }) => void draft.list.push('four')),
    },
    { reason: 'invalid-output', message: expect.stringContaining('list[3]') },
  ],
  [
    'updates with what a refinement of the whole refuses',
    {
      spec: {
        updates: z.object({ list: z.array(z.number()) }).refine(({ list }) => list.length < 4),
      },
      run: ({ context }) => context.update((draft: { list: number[] }) => void draft.list.push(4)),
    },
    { reason: 'invalid-output' },
  ],
];

describe('a stage whose values are refused', () => {
  it.each(cases)('because it %s fails alone, with a reason', async (_name, does, failure) => {
    const { result } = await runOdd({ does });
    expect(stageIn(result, 'odd')).toMatchObject({ status: 'failed', attempt: 1, failure });
    expect(stageIn(result, 'beside').status).toBe('succeeded');
    expect(result.context.toObject()).toEqual({ list: [1, 2, 3], fine: 'fine' });
  });
});
