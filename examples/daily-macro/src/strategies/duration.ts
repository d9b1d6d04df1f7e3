import { convictionOf, viewOf } from './ideas.ts';
import { type Idea, type MarketView, Strategy } from './strategy.ts';

/** Holds or shorts bonds as the agents see rates. */
export class Duration extends Strategy {
  readonly id = 'duration';

  ideas(view: MarketView): Idea[] {
    const conviction = convictionOf(viewOf(view, 'rates'));
    return ['UST3', 'UST5', 'UST10'].map((instrument) => ({ instrument, ...conviction }));
  }
}
