import type { Market } from '../market/market.ts';
import { type EditKinds, type Explanations, NOTHING } from './edit.ts';

const DATA = 'data/prices.csv';

export const FILE_EDITS: EditKinds<Market> = {
  'content of an input file, other values': (market, random) => {
    editClose(market, 1 + random.integer(12));
    return { runs: ingestRuns(market), effect: 'spreads' };
  },

  // `rank` looks at fewer of the newest values than `smooth`, so what one of them writes may stay the same.
  'content of an input file, values that few read': (market, random) => {
    editClose(market, 5 + random.integer(2));
    return { runs: ingestRuns(market), effect: 'spreads' };
  },

  'content of an input file, same values': (market) => {
    market.project.edit(DATA, (text) => text.replace(/^#.*$/m, `# day,close ${market.count()}`));
    return { runs: ingestRuns(market), effect: 'kept' };
  },

  'input file that is written again': (market) => {
    market.project.write(DATA, market.project.read(DATA));
    return NOTHING;
  },

  'input file that is touched': (market, random) => {
    market.project.touch(DATA, new Date(Date.UTC(2000 + random.integer(20), 0, 1)));
    return NOTHING;
  },
};

function editClose({ project }: Market, day: number): void {
  project.edit(DATA, (text) =>
    text.replace(new RegExp(`^(${day}),(.*)$`, 'm'), (_, start: string, close: string) => {
      return `${start},${Number(close) + 0.5}`;
    }),
  );
}

function ingestRuns(market: Market): Explanations {
  return { [market.stage('ingest').id]: `file ${DATA} changed` };
}
