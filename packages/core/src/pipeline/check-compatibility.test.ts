import { describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../base/diagnostic.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { z } from '../base/zod.ts';
import { PipelineStage } from '../stage/pipeline-stage.ts';
import type { StageSpec } from '../stage/stage-spec.ts';
import { type CodedPipeline, definePipeline } from './define-pipeline.ts';

function stage(spec: StageSpec): new () => PipelineStage {
  return class TestStage extends (PipelineStage.of(spec) as typeof PipelineStage) {
    override run(): undefined {}
  };
}

const Bars = stage({ outputs: z.object({ bars: z.array(z.object({ close: z.number() })) }) });

function reading(bars: z.ZodType): new () => PipelineStage {
  return stage({ inputs: z.object({ bars }), outputs: z.object({ score: z.number() }) });
}

function faults(coded: Omit<CodedPipeline, 'name'>): readonly Diagnostic[] {
  try {
    definePipeline({ name: 'x', ...coded });
    return [];
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    return error.details.diagnostics as readonly Diagnostic[];
  }
}

describe('what a stage reads', () => {
  it('must fit what its provider gives, and both sides are told', () => {
    const Score = reading(z.array(z.object({ close: z.string() })));
    const found = faults({
      stages: { ingest: { stage: Bars }, score: { stage: Score, needs: ['ingest'] } },
    });
    expect(found).toEqual([
      expect.objectContaining({
        code: 'INPUT_MISMATCH',
        path: ['stages', 'score'],
        message: expect.stringContaining(
          'stage "score" cannot read "bars" from "ingest": bars[0].close',
        ),
        got: 'number',
        expected: 'text',
        related: [{ message: 'writes "bars"', path: ['stages', 'ingest'] }],
      }),
    ]);
  });

  it('is looked at under the keys that both of them use, at the line that renames it', () => {
    const Score = reading(z.string());
    const found = faults({
      stages: {
        ingest: { stage: Bars, writes: { bars: 'prices' } },
        score: { stage: Score, needs: ['ingest'], reads: { bars: 'prices' } },
      },
    });
    expect(found).toMatchObject([{ path: ['stages', 'score', 'reads', 'bars'] }]);
  });

  it('is a list where several keys are gathered', () => {
    const both = {
      a: { stage: Bars, writes: { bars: 'a' } },
      b: { stage: Bars, writes: { bars: 'b' } },
    };
    const gather = { needs: ['a', 'b'], reads: { bars: ['a', 'b'] } };
    const lists = z.array(z.array(z.object({ close: z.number() })));
    expect(faults({ stages: { ...both, score: { stage: reading(lists), ...gather } } })).toEqual(
      [],
    );
    const flat = z.array(z.object({ close: z.number() }));
    expect(faults({ stages: { ...both, score: { stage: reading(flat), ...gather } } })).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('from "a" and 1 more like it: bars[0]'),
        related: [{ message: 'writes "a"', path: ['stages', 'a'] }],
      }),
    ]);
  });

  it('must fit the value that the initial context gives, unless that is null', () => {
    const Score = reading(z.array(z.number()));
    const withContext = (bars: unknown): readonly Diagnostic[] =>
      faults({ context: { bars }, stages: { score: { stage: Score } } });
    expect(withContext([1, 2])).toEqual([]);
    expect(withContext(null)).toEqual([]);
    expect(withContext([1, 'two'])).toMatchObject([
      { code: 'INPUT_MISMATCH', path: ['context', 'bars', 1] },
    ]);
  });

  it('may come from a stage that declares nothing, or that may leave it out', () => {
    const Maybe = stage({ outputs: z.object({ bars: z.string().optional() }) });
    const stages = {
      ingest: { stage: Maybe },
      score: { stage: reading(z.string()), needs: ['ingest'] },
    };
    expect(faults({ stages })).toEqual([]);
    const Silent = stage({});
    expect(faults({ stages: { ...stages, ingest: { stage: Silent } } })).toEqual([]);
  });
});
