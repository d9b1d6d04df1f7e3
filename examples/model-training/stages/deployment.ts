import { modelOf, SamplesSchema } from '@millrace/quant';
import { PipelineStage, type StageScope, z } from 'millrace';
import { inExample } from '../src/base/example-folder.ts';
import { Deployed, deployModel } from '../src/deployment/deploy-model.ts';
import { describeModel } from '../src/deployment/describe-model.ts';
import { Evaluation } from '../src/evaluation/evaluation.ts';
import { DataSource } from '../src/market/data-source.ts';
import { Split } from '../src/market/split-days.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { deploymentDetail } from '../src/report/stage-detail.ts';
import { CandidateFit } from '../src/training/candidate-fit.ts';
import { chooseFit } from '../src/training/choose-fit.ts';
import { describeResult } from './describe-result.ts';

export default class DeploymentStage extends PipelineStage.of({
  description: 'Keeps the model as a version, and puts it in use if it was approved.',
  params: z.object({
    folder: z.string().min(1).describe('Of the model store, relative to the example.'),
    tags: z.array(z.string()).default([]),
  }),
  inputs: z.object({
    evaluation: Evaluation,
    fits: z.array(CandidateFit).readonly(),
    samples: SamplesSchema,
    source: DataSource,
    split: Split,
  }),
  outputs: z.object({ deployed: Deployed }),
}) {
  async run(scope: StageScope<typeof DeploymentStage>) {
    await rehearse(scope);
    const { inputs, params, runId, stageId, idempotencyKey } = scope;
    const { evaluation, samples, source } = inputs;
    const deployed = await deployModel({
      folder: inExample(params.folder),
      name: source.name,
      model: modelOf(chooseFit(inputs.fits).body),
      samples,
      isApproved: evaluation.verdict === 'approved',
      ...describeModel(inputs),
      tags: [
        ...params.tags,
        evaluation.verdict,
        source.isGenerated ? 'generated-data' : 'real-data',
      ],
      ...{ runId, stageId, key: idempotencyKey },
    });
    describeResult(scope, deploymentDetail(deployed));
    return { deployed };
  }
}
