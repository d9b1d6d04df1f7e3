import type { z } from '../base/schema.ts';
import { Ranked } from '../catalysts/ranked.ts';
import { Contract, type Recommendation } from '../options/recommendation.ts';

/** What is debated: a ranked ticker and the option that was chosen for it. */
export const Finalist = Ranked.unwrap().extend({ contract: Contract }).readonly();
export type Finalist = z.infer<typeof Finalist>;

/** The best `count` tickers that have a contract. */
export function chooseFinalists(
  ranking: readonly Ranked[],
  recommendations: readonly Recommendation[],
  count: number,
): readonly Finalist[] {
  const contracts = new Map(recommendations.map(({ ticker, contract }) => [ticker, contract]));
  return ranking
    .flatMap((ranked) => {
      const contract = contracts.get(ranked.ticker) ?? null;
      return contract === null ? [] : [{ ...ranked, contract }];
    })
    .slice(0, count);
}
