import { join } from 'node:path';
import { generateBars, type RawBars } from '@millrace/quant';
import { exampleFolder } from '../base/example-folder.ts';
import { readBarsFile } from './read-bars-file.ts';

export const DATA_SETS = ['aapl', 'msft', 'btc', 'edge', 'no-edge'] as const;
export type DataSetName = (typeof DATA_SETS)[number];

interface DataSetFacts {
  readonly instrumentId: string;
  readonly origin: 'real' | 'generated';
  /** For people. */
  readonly description: string;
  /**
   * AUC above which a leak is suspected. Price features of a real market do not give more than .60; the edge that is
   * planted is known to.
   */
  readonly leakAuc: number;
  /** Of the generator. */
  readonly persistence?: number;
}

export const DATA_SET_FACTS: Readonly<Record<DataSetName, DataSetFacts>> = {
  aapl: {
    instrumentId: 'AAPL',
    origin: 'real',
    description: 'real minute bars of Apple, 2016-04-15 to 2016-05-13',
    leakAuc: 0.6,
  },
  msft: {
    instrumentId: 'MSFT',
    origin: 'real',
    description: 'real minute bars of Microsoft, 2016-04-15 to 2016-05-13',
    leakAuc: 0.6,
  },
  btc: {
    instrumentId: 'BTC',
    origin: 'real',
    description: 'real minute bars of bitcoin, 2016-02-09 to 2016-02-18, with gaps and disorder',
    leakAuc: 0.6,
  },
  edge: {
    instrumentId: 'GENERATED-EDGE',
    origin: 'generated',
    description:
      'GENERATED bars with a planted edge: each return carries on part of the ten before it',
    leakAuc: 0.8,
    persistence: 0.7,
  },
  'no-edge': {
    instrumentId: 'GENERATED-NO-EDGE',
    origin: 'generated',
    description: 'GENERATED bars without an edge: a random walk',
    leakAuc: 0.6,
    persistence: 0,
  },
};

export interface DataSetRequest {
  readonly data: DataSetName;
  /** At most so many, the first ones; for generated data exactly so many. 0: all, or 20,000. */
  readonly bars: number;
  /** Of the generator. */
  readonly seed: number;
}

export const GENERATED_BARS = 20_000;

/** @throws MillraceError DATA_INVALID */
export async function openDataSet({ data, bars, seed }: DataSetRequest): Promise<RawBars> {
  const { persistence } = DATA_SET_FACTS[data];
  if (persistence !== undefined)
    return generateBars({ count: bars === 0 ? GENERATED_BARS : bars, seed, persistence });
  const all = await readBarsFile(join(exampleFolder, 'data', `${data}-1m.csv`));
  if (bars === 0) return all;
  const cut = (column: ArrayLike<number>) => Float64Array.from(column).subarray(0, bars);
  return {
    time: cut(all.time),
    open: cut(all.open),
    high: cut(all.high),
    low: cut(all.low),
    close: cut(all.close),
    volume: cut(all.volume),
  };
}
