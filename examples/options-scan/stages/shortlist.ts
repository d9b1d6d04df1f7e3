import { PipelineStage, type StageScope, z } from 'millrace';
import { Ranked } from '../src/catalysts/ranked.ts';
import { Candidate } from '../src/options/candidate.ts';
import { shortlist } from '../src/options/shortlist.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { describeResult } from './describe-result.ts';

export default class Shortlist extends PipelineStage.of({
  description: 'Takes the best tickers that lean to a side.',
  params: z.object({ top: z.int().min(0).default(50) }),
  inputs: z.object({ ranking: z.array(Ranked).readonly() }),
  outputs: z.object({ candidates: z.array(Candidate).readonly() }),
}) {
  async run(scope: StageScope<typeof Shortlist>) {
    await rehearse(scope);
    const candidates = shortlist(scope.inputs.ranking, scope.params.top);
    const bullish = candidates.filter(({ direction }) => direction === 'bullish').length;
    describeResult(scope, `${bullish} bullish, ${candidates.length - bullish} bearish`);
    return { candidates };
  }
}
