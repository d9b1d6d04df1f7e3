import { BarsSchema, modelOf, SamplesSchema, shareSamples, Trainer } from '@millrace/quant';
import { PipelineStage, type StageScope, z } from 'millrace';
import { Floats } from '../src/base/typed-arrays.ts';
import { evaluateModel } from '../src/evaluation/evaluate-model.ts';
import { Evaluation } from '../src/evaluation/evaluation.ts';
import { FigureSettings } from '../src/evaluation/figures.ts';
import { PositionRule } from '../src/evaluation/position-rule.ts';
import { Thresholds } from '../src/evaluation/thresholds.ts';
import { Parts } from '../src/features/part-samples.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { evaluationDetail } from '../src/report/stage-detail.ts';
import { Candidate } from '../src/training/candidate.ts';
import { CandidateFit } from '../src/training/candidate-fit.ts';
import { chooseFit } from '../src/training/choose-fit.ts';
import { specOf } from '../src/training/fit-candidate.ts';
import { describeResult } from './describe-result.ts';

export default class EvaluationStage extends PipelineStage.of({
  description: 'Judges the best candidate on the part that was held back.',
  params: z.object({
    thresholds: Thresholds,
    requireEdge: z
      .boolean()
      .default(true)
      .describe('Whether predictions that cannot be told from chance are rejected.'),
    leakAuc: z.number().min(0.5).max(1).default(0.6).describe('Above it a leak is suspected.'),
    positions: PositionRule.prefault({}),
    figures: FigureSettings.prefault({}),
    seed: z.int().default(7).describe('Of the shuffled labels and of the no-skill controls.'),
  }),
  inputs: z.object({
    bars: BarsSchema,
    samples: SamplesSchema,
    parts: Parts,
    nextReturns: Floats,
    candidates: z.array(Candidate).readonly(),
    fits: z.array(CandidateFit).readonly(),
  }),
  outputs: z.object({ evaluation: Evaluation }),
}) {
  async run(scope: StageScope<typeof EvaluationStage>) {
    await rehearse(scope);
    const { inputs, params, signal } = scope;
    const { bars, samples, parts, nextReturns, candidates } = inputs;
    const fit = chooseFit(inputs.fits);
    const candidate = candidates.find(({ name }) => name === fit.name);
    const spec = specOf(candidate?.model ?? { kind: 'logistic', l2: 1 }, parts);
    await using trainer = new Trainer({ threads: 2 });
    const evaluation = await evaluateModel(
      { samples, parts, nextReturns, time: bars.time },
      {
        candidate: fit.name,
        model: modelOf(fit.body),
        refit: (all, rows) => trainer.fit(shareSamples(all), spec, { rows, signal }),
      },
      params,
    );
    describeResult(scope, evaluationDetail(evaluation));
    return { evaluation };
  }
}
