import { z } from '../base/schema.ts';
import { latestValue, type Tables, tableOf } from '../data/series-table.ts';
import { instrumentOf } from '../market/instrument.ts';
import { periodReturn } from '../market/period-return.ts';
import type { Weights } from '../portfolio/clamp-weights.ts';

export interface Scenario {
  readonly id: string;
  /** The days between whose ends the shocks were observed. */
  readonly from: string;
  readonly to: string;
  /** Percentage points for yields, relative changes for quotes and prices. */
  readonly shocks: Readonly<Record<string, number>>;
}

/** What happened to the series of this example in four bad times; stress.test.ts reads the numbers off the data. */
export const scenarios: readonly Scenario[] = [
  {
    id: 'black-monday-1987',
    from: '1987-10-16',
    to: '1987-10-19',
    shocks: {
      ...{ DGS1: -0.4, DGS3: -0.2, DGS5: -0.14, DGS10: -0.08 },
      ...{ USDGBP: 0.0093, JPYUSD: -0.0064, CHFUSD: -0.0105, CADUSD: -0.0015, USDAUD: 0.0018 },
      ...{ SP500: -0.2047, GOLD: 0.0226, SILVER: 0.0408 },
    },
  },
  {
    id: 'gulf-1990',
    from: '1990-08-01',
    to: '1990-10-11',
    shocks: {
      ...{ DGS1: -0.03, DGS3: 0.26, DGS5: 0.45, DGS10: 0.63 },
      ...{ USDGBP: 0.0588, JPYUSD: -0.1175, CHFUSD: -0.0476, CADUSD: -0.0018, USDAUD: 0.0252 },
      ...{ SP500: -0.1689, GOLD: 0.0446, SILVER: -0.1234 },
    },
  },
  {
    id: 'bond-rout-1994',
    from: '1994-01-31',
    to: '1994-05-09',
    shocks: {
      ...{ DGS1: 2.02, DGS3: 2.2, DGS5: 2.07, DGS10: 1.79 },
      ...{ USDGBP: -0.002, JPYUSD: -0.0554, CHFUSD: -0.0343, CADUSD: 0.0397, USDAUD: 0.0148 },
      ...{ SP500: -0.0816, GOLD: 0.0004, SILVER: 0.0554 },
    },
  },
  {
    id: 'ltcm-1998',
    from: '1998-07-17',
    to: '1998-10-08',
    shocks: {
      ...{ DGS1: -1.26, DGS3: -1.24, DGS5: -1.2, DGS10: -0.95 },
      ...{ USDGBP: 0.0484, JPYUSD: -0.1486, CHFUSD: -0.1405, CADUSD: 0.0369, USDAUD: -0.0134 },
      ...{ SP500: -0.1915, GOLD: 0.02, SILVER: -0.0664 },
    },
  },
];

export const StressResult = z
  .object({
    scenario: z.string(),
    /** Share of equity; negative is a loss. */
    gain: z.number(),
    /** The position that loses most, with its part of the gain; null when none loses. */
    worst: z.object({ instrument: z.string(), gain: z.number() }).readonly().nullable(),
  })
  .readonly();
export type StressResult = z.infer<typeof StressResult>;

/** Return of an instrument if its series jumped by `shock` at once. */
export function shockedReturn(instrumentId: string, latest: number, shock: number): number {
  const { pricing } = instrumentOf(instrumentId);
  const after = pricing.kind === 'bond' ? latest + shock : latest * (1 + shock);
  return periodReturn(pricing, latest, after, 0);
}

/** What the weights would gain or lose in each scenario, with no time to trade. */
export function stressTest(weights: Weights, tables: Tables, from = scenarios): StressResult[] {
  return from.map(({ id, shocks }) => {
    const gains = Object.entries(weights).map(([instrument, weight]) => {
      const { series } = instrumentOf(instrument);
      const latest = latestValue(tableOf(tables, series));
      return { instrument, gain: weight * shockedReturn(instrument, latest, shocks[series] ?? 0) };
    });
    const [worst] = gains.filter(({ gain }) => gain < 0).sort((a, b) => a.gain - b.gain);
    return {
      scenario: id,
      gain: gains.reduce((sum, { gain }) => sum + gain, 0),
      worst: worst ?? null,
    };
  });
}
