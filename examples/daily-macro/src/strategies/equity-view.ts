import { convictionOf, viewOf } from './ideas.ts';
import { type Idea, type MarketView, Strategy } from './strategy.ts';

/** Holds or shorts stocks as the agents see equity. */
export class EquityView extends Strategy {
  readonly id = 'equity-view';

  ideas(view: MarketView): Idea[] {
    return [{ instrument: 'SPX', ...convictionOf(viewOf(view, 'equity')) }];
  }
}
