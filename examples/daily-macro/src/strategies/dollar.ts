import { convictionOf, viewOf } from './ideas.ts';
import { type Idea, type MarketView, Strategy } from './strategy.ts';

/** Holds all currencies against the dollar, or the dollar against all, as the agents see fx. */
export class Dollar extends Strategy {
  readonly id = 'dollar';
  override readonly maxSize = 0.5;

  ideas(view: MarketView): Idea[] {
    const conviction = convictionOf(viewOf(view, 'fx'));
    return ['GBP', 'JPY', 'CHF', 'CAD', 'AUD'].map((instrument) => ({ instrument, ...conviction }));
  }
}
