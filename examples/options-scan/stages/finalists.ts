import { PipelineStage, type StageScope, z } from 'millrace';
import { Ranked } from '../src/catalysts/ranked.ts';
import { chooseFinalists, Finalist } from '../src/debate/finalist.ts';
import { Recommendation } from '../src/options/recommendation.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { describeResult } from './describe-result.ts';

export default class Finalists extends PipelineStage.of({
  description: 'Takes the best tickers that have a contract.',
  params: z.object({ top: z.int().min(0).default(10) }),
  inputs: z.object({
    ranking: z.array(Ranked).readonly(),
    recommendations: z.array(Recommendation).readonly(),
  }),
  outputs: z.object({ finalists: z.array(Finalist).readonly() }),
}) {
  async run(scope: StageScope<typeof Finalists>) {
    await rehearse(scope);
    const { ranking, recommendations } = scope.inputs;
    const finalists = chooseFinalists(ranking, recommendations, scope.params.top);
    describeResult(scope, finalists.map(({ ticker }) => ticker).join(' ') || 'none');
    return { finalists };
  }
}
