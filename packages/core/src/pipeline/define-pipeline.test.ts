import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { DEFAULT_CONCURRENCY } from '../definition/default-concurrency.ts';
import { PipelineStage } from '../stage/pipeline-stage.ts';
import { type CodedPipeline, definePipeline, pipelineInvalid } from './define-pipeline.ts';
import { faultsOf, PlainStage, placesOf, stageOf } from './testing-local/stages.ts';

const stage = stageOf();

/** A definition as JavaScript without types may give it. */
function loose(coded: unknown): CodedPipeline {
  return coded as CodedPipeline;
}

describe('definePipeline', () => {
  it('fills in defaults and keeps what was given', () => {
    const pipeline = definePipeline({ name: 'small', stages: { a: { stage } } });
    expect(pipeline.definition).toMatchObject({
      name: 'small',
      concurrency: DEFAULT_CONCURRENCY,
      durability: 'strict',
      failureMode: 'no-new',
      onFailure: 'keep',
      context: {},
      inputs: [],
    });
    expect(pipeline.stages[0]?.options).toMatchObject({ critical: true, timeoutMs: undefined });
  });

  it('lets the definition override what the class says of itself', () => {
    const careful = stageOf({}, { timeout: '5s', critical: false, retry: { attempts: 3 } });
    const { stages } = definePipeline({
      name: 'x',
      stages: { own: { stage: careful }, other: { stage: careful, timeout: '1m', critical: true } },
    });
    expect(stages.map(({ options }) => [options.timeoutMs, options.critical])).toEqual([
      [5000, false],
      [60_000, true],
    ]);
    expect(stages[1]?.options.retry.attempts).toBe(3);
  });

  it('takes the same class many times, and two classes of one name for two', () => {
    const classes = [stageOf(), stageOf()];
    const [nameless] = [class extends PlainStage {}];
    const { stages } = definePipeline({
      name: 'x',
      stages: [
        { id: 'a', stage: classes[0] },
        { id: 'b', stage: classes[1] },
        { id: 'c', stage: classes[0] },
        { id: 'd', stage: nameless },
      ],
    });
    expect(stages.map(({ definition }) => definition.uses)).toEqual([
      'TestStage',
      'TestStage#2',
      'TestStage',
      'anonymous',
    ]);
    expect(stages.map(({ blueprint }) => blueprint.stageClass)).toEqual([
      classes[0],
      classes[1],
      classes[0],
      expect.any(Function),
    ]);
  });

  it('keeps keys named __proto__ of the context, of renames and of a fallback', () => {
    const own = (value: unknown): Record<string, never> => JSON.parse(`{"__proto__":${value}}`);
    const { definition, stages } = definePipeline({
      name: 'x',
      context: own(5),
      stages: {
        a: { stage: PlainStage, writes: own('"elsewhere"'), fallback: own(7) },
      },
    });
    expect(Object.entries(definition.context)).toEqual([['__proto__', 5]]);
    expect([...(stages[0]?.writes ?? [])]).toEqual([['__proto__', 'elsewhere']]);
    const fallback = stages[0]?.fallback;
    expect(fallback?.kind === 'value' && Object.entries(fallback.outputs)).toEqual([
      ['__proto__', 7],
    ]);
  });

  it('takes a class that stands in for a stage', () => {
    const Spare = stageOf({ out: ['n'] });
    const { stages } = definePipeline({
      name: 'x',
      stages: { a: { stage: stageOf({ out: ['n'] }), fallback: { stage: Spare, with: {} } } },
    });
    const fallback = stages[0]?.fallback;
    expect(fallback?.kind === 'stage' && fallback.blueprint.stageClass).toBe(Spare);
  });

  it('reports wrong fields together with what is wrong in the graph', () => {
    const coded = loose({
      name: 'x',
      concurrency: 0,
      colour: 'red',
      stages: {
        a: { stage, timeout: 5, needz: ['b'] },
        b: { stage, needs: ['gone'] },
        c: { stage: stageOf({ in: ['k'] }) },
      },
    });
    expect(placesOf(faultsOf(coded.stages, coded))).toEqual([
      'DEFINITION_INVALID concurrency',
      'DEFINITION_INVALID colour',
      'DEFINITION_INVALID stages/a/timeout',
      'DEFINITION_INVALID stages/a/needz',
      'DEPENDENCY_UNKNOWN stages/b/needs/0',
      'INPUT_MISSING stages/c',
    ]);
  });

  it('does not report what follows from a field that could not be read', () => {
    const coded = loose({
      stages: {
        w: { stage: stageOf({ out: ['k'] }) },
        r: { stage: stageOf({ in: ['k'] }), needs: 'w' },
        // Its class and id are known all the same.
        s: { stage, needs: ['w', 5], timeout: 'soon' },
        t: { stage, needs: ['s'] },
      },
    });
    expect(placesOf(faultsOf(coded.stages))).toEqual([
      'DEFINITION_INVALID stages/r/needs',
      'DEFINITION_INVALID stages/s/needs/1',
      'DEFINITION_INVALID stages/s/timeout',
    ]);
  });

  it.each([
    ['nothing', undefined, 'DEFINITION_INVALID name'],
    ['a text', 'x', 'DEFINITION_INVALID name'],
    ['no stages', { name: 'x' }, 'DEFINITION_INVALID stages'],
    ['stages that are none', { name: 'x', stages: 5 }, 'DEFINITION_INVALID stages'],
    ['a stage that is null', { name: 'x', stages: { a: null } }, 'DEFINITION_INVALID stages/a'],
    ['a stage that is a class', { name: 'x', stages: { a: stage } }, 'DEFINITION_INVALID stages/a'],
    ['a stage without id', { name: 'x', stages: [{ stage }] }, 'DEFINITION_INVALID stages/0/id'],
    [
      'uses in code',
      { name: 'x', stages: { a: { uses: './a.ts' } } },
      'DEFINITION_INVALID stages/a/uses',
    ],
    [
      'uses in a fallback',
      { name: 'x', stages: { a: { stage, fallback: { uses: 'B' } } } },
      'DEFINITION_INVALID stages/a/fallback/uses',
    ],
    ['no class', { name: 'x', stages: { a: {} } }, 'STAGE_NOT_A_STAGE stages/a/uses'],
  ])('refuses %s with a code', (_, coded, place) => {
    let details: unknown;
    try {
      definePipeline(loose(coded));
    } catch (error) {
      details = Reflect.get(error as object, 'details');
    }
    const { diagnostics } = details as { diagnostics: Parameters<typeof placesOf>[0] };
    expect(placesOf(diagnostics)[0]).toBe(place);
  });

  it('suggests the field that was meant', () => {
    const coded = loose({ a: { stage, need: [] } });
    expect(faultsOf(coded as never)[0]?.help).toBe('did you mean "needs"?');
  });

  it('throws one error that lists the first twenty', () => {
    const many = Object.fromEntries(
      Array.from({ length: 23 }, (_, at) => [`s${at}`, { stage, needs: ['gone'] }]),
    );
    expect(() => definePipeline({ name: 'big', stages: many })).toThrow(
      expect.objectContaining({ code: 'PIPELINE_INVALID' }),
    );
    const { message } = pipelineInvalid('big', faultsOf(many));
    expect(message.split('\n')).toHaveLength(22);
    expect(message).toMatch(/^pipeline "big" has 23 errors:\n {2}DEPENDENCY_UNKNOWN: stage "s0"/);
    expect(message).toMatch(/\n {2}\.\.\. and 3 more$/);
  });

  it.each([
    ['a number', 5, 'expected a class, got a number'],
    ['nothing', undefined, 'expected a class, got nothing'],
    ['a list', [], 'expected a class, got an array'],
    ['an arrow function', () => 1, 'does not extend PipelineStage'],
    ['another class', class Other {}, 'class "Other" does not extend PipelineStage'],
    ['an instance', new PlainStage(), 'expected a class, got an object'],
    ['PipelineStage itself', PipelineStage, 'PipelineStage itself is abstract'],
    ['the base that of gives', PipelineStage.of({}), 'has no run method'],
  ])('says why %s is no stage', (_, value, why) => {
    const [fault, ...others] = faultsOf({ a: { stage: value } });
    expect(others).toEqual([]);
    expect(fault?.code).toBe('STAGE_NOT_A_STAGE');
    expect(fault?.message).toContain(why);
  });

  it.each([
    ['a timeout without unit', { timeout: '5' }, 'timeout: must be a duration with a unit'],
    ['a timeout of nothing', { timeout: '0s' }, 'timeout: must be more than zero'],
    ['a wrong retry', { retry: { attempts: 0 } }, 'retry.attempts: '],
    ['inputs that are no z.object', { inputs: { a: z.string() } }, 'inputs: must be a z.object'],
    [
      'outputs that zod loses',
      { outputs: z.object({ ['__proto__']: z.string() }) },
      'outputs: zod',
    ],
    ['params that are no schema', { params: { a: 1 } }, 'params: must be a zod schema'],
    ['a key it does not know', { output: z.object({}) }, 'did you mean "outputs"?'],
  ])('refuses a class whose spec has %s', (_, spec, why) => {
    class Odd extends PlainStage {
      static override readonly spec = spec as never;
    }
    const faults = faultsOf({
      a: { stage: Odd },
      b: { stage: stageOf({ in: ['k'] }), needs: ['a'] },
    });
    expect(placesOf(faults)).toEqual(['STAGE_SPEC_INVALID stages/a/uses']);
    expect(faults[0]?.message).toContain(`the spec of class "Odd" is wrong: `);
    expect(faults[0]?.message).toContain(why);
  });
});
