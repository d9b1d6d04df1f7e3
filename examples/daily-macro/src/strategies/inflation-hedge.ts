import { compositeConviction, opposite } from './ideas.ts';
import { type Idea, type MarketView, Strategy } from './strategy.ts';

/** Gold against long bonds while inflation pressure rises, the reverse while it falls. */
export class InflationHedge extends Strategy {
  readonly id = 'inflation-hedge';

  ideas(view: MarketView): Idea[] {
    const { direction, confidence } = compositeConviction(view, 'inflation');
    return [
      { instrument: 'GOLD', direction, confidence },
      { instrument: 'UST10', direction: opposite(direction), confidence, share: 0.5 },
    ];
  }
}
