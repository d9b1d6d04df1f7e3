import { type RegimeBorders, readRegime, regimeCode } from '../regime/regime.ts';

/** What each bar's features are made of, however it was computed. */
export interface Ingredients {
  readonly close: number;
  /** Close `window` bars before. */
  readonly closeBefore: number;
  /** Sample deviation of the log returns in the window. */
  readonly volatility: number;
  readonly slowVolatility: number;
  /** Sample deviation of the volatilities in the window. */
  readonly volatilityOfVolatility: number;
  /** Mean and sample deviation of the closes in the window. */
  readonly meanClose: number;
  readonly closeDeviation: number;
  /** Sum of the absolute changes of the close in the window. */
  readonly path: number;
  readonly averageTrueRange: number;
  readonly volume: number;
  readonly meanVolume: number;
}

/**
 * A deviation below it, in proportion to the price, is rounding: ratios over it are 0. It is a hundred-millionth of a
 * basis point.
 */
const NOTHING = 1e-12;

/**
 * The features in the order of `PRICE_FEATURES`. Undefined ratios have a value: trend strength, deviation and
 * efficiency are 0 where nothing moved, the volume ratio is 1 where nobody traded.
 */
export function writeFeatures(
  row: Float64Array,
  ingredients: Ingredients,
  borders: RegimeBorders,
): void {
  const { close, closeBefore, volatility, slowVolatility, meanClose, closeDeviation } = ingredients;
  const momentum = Math.log(close / closeBefore);
  const isFlat = closeDeviation < NOTHING * meanClose;
  row[0] = volatility;
  row[1] = ingredients.averageTrueRange / close;
  row[2] = momentum;
  row[3] = ingredients.volatilityOfVolatility;
  row[4] = volatility < NOTHING ? 0 : Math.abs(momentum) / volatility;
  row[5] = isFlat ? 0 : (close - meanClose) / closeDeviation;
  row[6] = ingredients.meanVolume === 0 ? 1 : ingredients.volume / ingredients.meanVolume;
  const isStill = ingredients.path < NOTHING * close;
  const efficiency = isStill ? 0 : Math.min(1, Math.abs(close - closeBefore) / ingredients.path);
  const ratio = slowVolatility < NOTHING ? 1 : volatility / slowVolatility;
  row[7] = regimeCode(readRegime(efficiency, ratio, borders).kind);
}
