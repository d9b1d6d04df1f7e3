import { PipelineStage, type StageScope, z } from 'millrace';
import { inExample } from '../src/base/example-folder.ts';
import { ItemFailure } from '../src/base/item-failure.ts';
import { completeTheses } from '../src/debate/complete-theses.ts';
import { Finalist } from '../src/debate/finalist.ts';
import { Debated, FinalThesis } from '../src/debate/thesis.ts';
import { ScanLedger } from '../src/ledger/scan-ledger.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { describeResult } from './describe-result.ts';

export default class Theses extends PipelineStage.of({
  description: 'Stores a thesis for each finalist: what was debated, else the fallback.',
  params: z.object({ date: z.iso.date(), database: z.string() }),
  inputs: z.object({
    finalists: z.array(Finalist).readonly(),
    // Absent where the debate was skipped.
    debated: z.array(Debated).readonly().optional(),
    debateFailures: z.array(ItemFailure).readonly().optional(),
  }),
  outputs: z.object({ theses: z.array(FinalThesis).readonly() }),
}) {
  async run(scope: StageScope<typeof Theses>) {
    await rehearse(scope);
    const { inputs, params, runId } = scope;
    const { finalists, debated, debateFailures = [] } = inputs;
    const theses = completeTheses({ finalists, debated, failures: debateFailures });
    const ledger = new ScanLedger(inExample(params.database));
    try {
      ledger.storeTheses({ id: runId, date: params.date }, theses);
    } finally {
      ledger.close();
    }
    const fallbacks = theses.filter(({ cause }) => cause !== null).length;
    describeResult(scope, `${theses.length - fallbacks} debated, ${fallbacks} fallback`);
    return { theses };
  }
}
