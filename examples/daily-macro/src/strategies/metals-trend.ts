import { trendOf } from './ideas.ts';
import { type Idea, type MarketView, Strategy } from './strategy.ts';

/** Follows the quarter-long trend of gold and of silver. */
export class MetalsTrend extends Strategy {
  readonly id = 'metals-trend';

  ideas(view: MarketView): Idea[] {
    return ['GOLD', 'SILVER'].map((instrument) => ({ instrument, ...trendOf(view, instrument) }));
  }
}
