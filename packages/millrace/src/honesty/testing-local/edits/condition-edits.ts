import type { Market } from '../market/market.ts';
import { type EditKinds, type Foreseen, oneOf } from './edit.ts';

type Condition = boolean | string;

const HOLDING = { constant: [true, 'params.ratio > 0'], read: ['inputs.smoothed > 0'] };
const FAILING = {
  constant: [false, 'params.ratio > 1000'],
  read: ['inputs.smoothed > 1000000', 'inputs.smoothed < 0'],
};

export const CONDITION_EDITS: EditKinds<Market> = {
  'condition of params alone': (market, random) => {
    const conditions = market.isHedging ? FAILING : HOLDING;
    return toggle(market, oneOf<Condition>(conditions.constant, random));
  },
  'condition of an input': (market, random) => {
    const conditions = market.isHedging ? FAILING : HOLDING;
    return toggle(market, oneOf<Condition>(conditions.read, random));
  },
};

function toggle(market: Market, condition: Condition): Foreseen {
  const { id, fields } = market.stage('hedge');
  const report = market.stage('report').id;
  fields.when = condition;
  market.isHedging = !market.isHedging;
  market.save();
  if (market.isHedging) return { runs: { [id]: 'it was skipped' }, effect: 'spreads' };
  return {
    skips: { [id]: condition === false ? 'when is false' : `when ${condition} does not hold` },
    runs: { [report]: 'input hedge changed' },
    effect: 'any',
  };
}
