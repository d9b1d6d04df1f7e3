import { PipelineStage, type StageScope, z } from 'millrace';
import { count } from '../src/base/figures.ts';
import { Readings } from '../src/indicators/readings.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { scoreUniverse } from '../src/scoring/score-universe.ts';
import { Scored } from '../src/scoring/scored.ts';
import { describeResult } from './describe-result.ts';

export default class Scoring extends PipelineStage.of({
  description: 'Ranks the indicators across the universe and makes one score of them.',
  inputs: z.object({ readings: z.array(Readings).readonly() }),
  outputs: z.object({ scored: z.array(Scored).readonly() }),
}) {
  async run(scope: StageScope<typeof Scoring>) {
    await rehearse(scope);
    const scored = scoreUniverse(scope.inputs.readings);
    const [best] = scored;
    const head = best === undefined ? '' : `, best ${best.ticker} ${best.score.toFixed(2)}`;
    describeResult(scope, `${count(scored.length)} tickers${head}`);
    return { scored };
  }
}
