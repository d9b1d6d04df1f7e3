import { compositeConviction, opposite } from './ideas.ts';
import { type Idea, type MarketView, Strategy } from './strategy.ts';

/** Size of the 10-year leg to the 1-year leg that leaves a parallel move without effect: about .98 / 7.3. */
const LONG_LEG_SHARE = 0.13;

/** Flattener while money is tight: short the 1-year note, long the 10-year; the other way while it is loose. */
export class Curve extends Strategy {
  readonly id = 'curve';

  ideas(view: MarketView): Idea[] {
    const { direction, confidence } = compositeConviction(view, 'monetary');
    return [
      { instrument: 'UST1', direction: opposite(direction), confidence },
      { instrument: 'UST10', direction, confidence, share: LONG_LEG_SHARE },
    ];
  }
}
