import { PipelineStage, type StageScope, z } from 'millrace';
import { inExample } from '../src/base/example-folder.ts';
import { count } from '../src/base/figures.ts';
import { Ranked } from '../src/catalysts/ranked.ts';
import { ScanLedger } from '../src/ledger/scan-ledger.ts';
import { Recommendation } from '../src/options/recommendation.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { describeResult } from './describe-result.ts';

export default class Persist extends PipelineStage.of({
  description: 'Stores scores and options in the tables, before anybody debates.',
  params: z.object({ date: z.iso.date(), database: z.string() }),
  inputs: z.object({
    ranking: z.array(Ranked).readonly(),
    recommendations: z.array(Recommendation).readonly(),
  }),
  outputs: z.object({ persisted: z.object({ scores: z.int(), contracts: z.int() }) }),
}) {
  async run(scope: StageScope<typeof Persist>) {
    await rehearse(scope);
    const { inputs, params, runId } = scope;
    const { ranking, recommendations } = inputs;
    const ledger = new ScanLedger(inExample(params.database));
    try {
      ledger.storeScores({ id: runId, date: params.date }, ranking, recommendations);
    } finally {
      ledger.close();
    }
    const contracts = recommendations.filter(({ contract }) => contract !== null).length;
    describeResult(scope, `${count(ranking.length)} scores, ${contracts} contracts`);
    return { persisted: { scores: ranking.length, contracts } };
  }
}
