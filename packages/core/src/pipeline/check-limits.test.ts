import { describe, expect, it } from '@jest/globals';
import { asStageId } from '../base/ids.ts';
import { type LimitDefinition, toDefinition, toStageDefinition } from '../definition/index.ts';
import { PipelineStage } from '../stage/index.ts';
import { checkPipeline } from './check-pipeline.ts';
import { definePipeline } from './define-pipeline.ts';

class Plain extends PipelineStage {
  override run(): undefined {}
}

class Authored extends PipelineStage.of({ limits: { vendor: 2 } }) {
  override run(): undefined {}
}

const VENDOR: LimitDefinition = {
  name: 'vendor',
  concurrency: 3,
  rate: { calls: 2, perMs: 1000 },
  breaker: undefined,
};

const CLASSES = new Map<string, unknown>([
  ['plain', Plain],
  ['authored', Authored],
]);

type Uses = readonly { readonly name: string; readonly cost: number }[];

function check(uses: 'plain' | 'authored', limits?: Uses): ReturnType<typeof checkPipeline> {
  const stage = toStageDefinition(asStageId('quotes'), { uses, needs: [] });
  const own = limits === undefined ? stage : { ...stage, options: { limits } };
  const definition = { ...toDefinition({ name: 'any' }, [own]), limits: [VENDOR] };
  return checkPipeline(definition, CLASSES);
}

describe('limits of a stage', () => {
  it('are those of its class unless the definition gives others', () => {
    expect(check('authored').pipeline?.stage('quotes').options.limits).toEqual([
      { name: 'vendor', cost: 2 },
    ]);
    expect(check('authored', []).pipeline?.stage('quotes').options.limits).toEqual([]);
  });

  it('must be limits of the pipeline, and the nearest name is suggested', () => {
    const { diagnostics, pipeline } = check('plain', [{ name: 'vendr', cost: 1 }]);
    expect(pipeline).toBeUndefined();
    expect(diagnostics).toMatchObject([
      {
        code: 'LIMIT_UNKNOWN',
        severity: 'error',
        path: ['stages', 'quotes', 'limits'],
        message: 'stage "quotes" names the limit "vendr", which the pipeline does not have',
        help: 'did you mean "vendor"?',
      },
    ]);
  });

  it('that only its class names need not be there, and it is told', () => {
    const stage = toStageDefinition(asStageId('quotes'), { uses: 'authored', needs: [] });
    const { pipeline, diagnostics } = checkPipeline(
      toDefinition({ name: 'any' }, [stage]),
      new Map([['authored', Authored]]),
    );
    expect(pipeline).toBeDefined();
    expect(diagnostics).toMatchObject([{ code: 'LIMIT_UNKNOWN', severity: 'warning' }]);
  });

  it('must have room for one attempt', () => {
    const { diagnostics } = check('plain', [{ name: 'vendor', cost: 3 }]);
    expect(diagnostics).toMatchObject([
      { code: 'LIMIT_COST_TOO_HIGH', got: '3', expected: 'at most 2' },
    ]);
  });

  it('of a pipeline whose limits are wrong are not called unknown', () => {
    const wrong = { vendor: { concurrency: 0 } };
    const stages = { quotes: { stage: Plain, limits: ['vendor'] } };
    expect(() => definePipeline({ name: 'any', limits: wrong, stages })).toThrow(
      'has 1 error:\n  DEFINITION_INVALID: limits.vendor.concurrency',
    );
  });
});
