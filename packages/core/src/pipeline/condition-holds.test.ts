import { describe, expect, it } from '@jest/globals';
import { conditionHolds } from './condition-holds.ts';
import { definePipeline } from './define-pipeline.ts';
import { PlainStage } from './testing-local/stages.ts';

function ask(when: unknown, inputs: Readonly<Record<string, unknown>> = {}): boolean {
  const asked = when === undefined ? {} : { when: when as () => boolean };
  const stages = { s: { stage: PlainStage, with: { mode: 'full' }, ...asked } };
  return conditionHolds(definePipeline({ name: 'x', stages }).stage('s'), inputs);
}

describe('conditionHolds', () => {
  it('is true for a stage without a condition', () => {
    expect(ask(undefined)).toBe(true);
  });

  it('asks with the params and the inputs', () => {
    const when = (scope: unknown): boolean =>
      JSON.stringify(scope) === '{"params":{"mode":"full"},"inputs":{"x":1}}';
    expect([ask(when, { x: 1 }), ask(when, { x: 2 })]).toEqual([true, false]);
  });

  it('passes on what the condition throws', () => {
    const thrown = new TypeError('mine');
    const when = (): never => {
      throw thrown;
    };
    expect(() => ask(when)).toThrow(thrown);
  });

  it.each([undefined, null, 0, 1, '', 'true', {}, []])('refuses %j as an answer', (answer) => {
    expect(() => ask(() => answer)).toThrow(
      expect.objectContaining({
        code: 'STAGE_CONDITION_FAILED',
        message: expect.stringMatching(/^expected true or false, got /),
      }),
    );
  });

  it('refuses a promise, whose rejection must not end the process', async () => {
    expect(() => ask(() => Promise.reject(new RangeError('late')))).toThrow(
      /expected true or false/,
    );
    await new Promise(setImmediate);
  });
});
