import { join } from 'node:path';
import { PipelineStage, type StageScope, z } from 'millrace';
import { dayOf } from '../src/base/calendar.ts';
import { loadTables } from '../src/data/load-tables.ts';
import { allVisibleAt, Tables } from '../src/data/series-table.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { ingestDetail } from '../src/report/stage-detail.ts';
import { describeResult } from './describe-result.ts';

export default class Ingest extends PipelineStage.of({
  description: 'Reads all series, each as far as it was public on the date.',
  params: z.object({
    date: z.iso.date(),
    /** Folder of the CSV files, relative to the example. */
    folder: z.string().default('data'),
  }),
  outputs: z.object({ date: z.iso.date(), tables: Tables }),
}) {
  async run(scope: StageScope<typeof Ingest>) {
    await rehearse(scope);
    const { params } = scope;
    const folder = join(import.meta.dirname, '..', params.folder);
    const tables = allVisibleAt(loadTables(folder), dayOf(params.date));
    describeResult(scope, ingestDetail(tables));
    return { date: params.date, tables };
  }
}
