import { signalOf } from './ideas.ts';
import { type Idea, type MarketView, Strategy } from './strategy.ts';

/** Follows the stock market's distance from its 200-day mean, as the cross-asset agent reads it. */
export class EquityTrend extends Strategy {
  readonly id = 'equity-trend';

  ideas(view: MarketView): Idea[] {
    const signal = signalOf(view, 'cross-asset', 'equity-trend');
    return [
      { instrument: 'SPX', direction: signal?.direction ?? 0, confidence: signal?.confidence ?? 0 },
    ];
  }
}
