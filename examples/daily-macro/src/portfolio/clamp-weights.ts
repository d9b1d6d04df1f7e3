import { type AssetClass, assetClasses } from '../aggregate/asset-class.ts';
import { instrumentOf } from '../market/instrument.ts';
import { LEVERAGE_CAP } from '../strategies/leverage-cap.ts';

/** Signed shares of equity by instrument. */
export type Weights = Readonly<Record<string, number>>;

const POSITION_CAP = 0.25;
const CLASS_CAP = 0.5;

/** Room for rounding when a clamped weight is held against its cap. */
const SLACK = 1e-9;

/** Sum of absolute weights. */
export function grossOf(weights: Weights): number {
  return Object.values(weights).reduce((sum, weight) => sum + Math.abs(weight), 0);
}

export function weightsIn(weights: Weights, assetClass: AssetClass): Weights {
  return Object.fromEntries(
    Object.entries(weights).filter(([id]) => instrumentOf(id).assetClass === assetClass),
  );
}

export function scaleWeights(weights: Weights, scale: number): Weights {
  return Object.fromEntries(Object.entries(weights).map(([id, weight]) => [id, weight * scale]));
}

const shrinkTo = (weights: Weights, cap: number): Weights => {
  const gross = grossOf(weights);
  return gross > cap ? scaleWeights(weights, cap / gross) : weights;
};

/** Each position to 25 %, then each class to 50 % and the whole to 3x, shrunk in proportion. */
export function clampWeights(weights: Weights): Weights {
  const positions = Object.fromEntries(
    Object.entries(weights).map(([id, weight]) => {
      return [id, Math.max(-POSITION_CAP, Math.min(POSITION_CAP, weight))];
    }),
  );
  const classes = assetClasses.map((assetClass) => {
    return shrinkTo(weightsIn(positions, assetClass), CLASS_CAP);
  });
  const clamped: Weights = Object.assign({}, ...classes);
  const inOrder = Object.fromEntries(Object.keys(weights).map((id) => [id, clamped[id] ?? 0]));
  return shrinkTo(inOrder, LEVERAGE_CAP);
}

export function isWithinCaps(weights: Weights): boolean {
  const clamped = clampWeights(weights);
  return Object.entries(weights).every(
    ([id, weight]) => Math.abs(weight - (clamped[id] ?? 0)) <= SLACK,
  );
}
