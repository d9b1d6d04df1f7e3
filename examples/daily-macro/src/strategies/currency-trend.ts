import { trendOf } from './ideas.ts';
import { type Idea, type MarketView, Strategy } from './strategy.ts';

/** Follows the quarter-long trend of each currency on its own. */
export class CurrencyTrend extends Strategy {
  readonly id = 'currency-trend';
  override readonly maxSize = 0.5;

  ideas(view: MarketView): Idea[] {
    return ['GBP', 'JPY', 'CHF', 'CAD', 'AUD'].map((instrument) => ({
      instrument,
      ...trendOf(view, instrument),
    }));
  }
}
