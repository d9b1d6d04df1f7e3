import { join } from 'node:path';
import { PipelineStage, type StageScope, z } from 'millrace';
import { inExample } from '../src/base/example-folder.ts';
import { count } from '../src/base/figures.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { Listing } from '../src/universe/listing.ts';
import { readUniverse, UNIVERSE_FILE } from '../src/universe/universe-file.ts';
import { describeResult } from './describe-result.ts';

export default class Universe extends PipelineStage.of({
  description: 'Reads which tickers there are.',
  params: z.object({
    folder: z.string().describe('Holds universe.csv; relative to the example.'),
  }),
  outputs: z.object({ universe: z.array(Listing).readonly() }),
  files: ({ folder }: { readonly folder: string }) => [inExample(join(folder, UNIVERSE_FILE))],
}) {
  async run(scope: StageScope<typeof Universe>) {
    await rehearse(scope);
    const universe = readUniverse(inExample(join(scope.params.folder, UNIVERSE_FILE)));
    const real = universe.filter(({ origin }) => origin === 'real').length;
    describeResult(scope, `${count(real)} real, ${count(universe.length - real)} generated`);
    return { universe };
  }
}
