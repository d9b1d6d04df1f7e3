import { PipelineStage, type StageScope, z } from 'millrace';
import { dayOf } from '../src/base/calendar.ts';
import { MacroError } from '../src/base/macro-error.ts';
import { Tables } from '../src/data/series-table.ts';
import { assessQuality, stopReason } from '../src/quality/assess-quality.ts';
import { QualityReport } from '../src/quality/quality-report.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { qualityDetail } from '../src/report/stage-detail.ts';
import { describeResult } from './describe-result.ts';

export default class Quality extends PipelineStage.of({
  description: 'Scores the data, and stops the run when it is too poor.',
  params: z.object({
    /** The best grade that stops the run. */
    stopAt: z.enum(['FAIL', 'WARN']).default('FAIL'),
  }),
  inputs: z.object({ date: z.iso.date(), tables: Tables }),
  outputs: z.object({ quality: QualityReport }),
}) {
  async run(scope: StageScope<typeof Quality>) {
    await rehearse(scope);
    const { inputs, params } = scope;
    const quality = assessQuality(inputs.tables, dayOf(inputs.date));
    const reason = stopReason(quality, params.stopAt);
    if (reason !== undefined) throw new MacroError('QUALITY_FAILED', reason);
    describeResult(scope, qualityDetail(quality));
    return { quality };
  }
}
