import { element } from '../base/element.ts';
import { INDICATORS, type Indicator, type Readings } from '../indicators/readings.ts';
import { percentiles } from './percentiles.ts';
import type { Factor, Scored } from './scored.ts';

/** As published; they add up to .75, by which they are divided. */
const WEIGHTS: Readonly<Record<Indicator, number>> = {
  bollinger: 0.2,
  atr: 0.15,
  rsi: 0.1,
  obv: 0.1,
  sma: 0.1,
  relativeVolume: 0.1,
};
const WEIGHT_SUM = 0.75;
/** Quiet before the move: of these the small ones are wanted. */
const INVERTED: ReadonlySet<Indicator> = new Set(['bollinger', 'atr', 'relativeVolume']);
/** No factor alone makes a score nothing. */
const FLOOR = 1;

/**
 * Scores the tickers against each other, best first, equal ones by name: percentile of each indicator across the
 * universe, then the weighted geometric mean. So a score depends on which tickers are in the universe; the raw
 * readings beside it do not.
 */
export function scoreUniverse(universe: readonly Readings[]): readonly Scored[] {
  const columns = INDICATORS.map((indicator) => {
    const ranked = percentiles(universe.map(({ raw }) => raw[indicator]));
    if (!INVERTED.has(indicator)) return ranked;
    return ranked.map((percentile, at) =>
      universe[at]?.raw[indicator] === null ? percentile : 100 - percentile,
    );
  });
  const scored = universe.map((readings, at) => {
    return scoreOne(
      readings,
      columns.map((column) => element(column, at)),
    );
  });
  return scored.sort(byScore);
}

/** Best first; equal scores by ticker, so that the order never depends on that of the input. */
export function byScore(
  a: { readonly score: number; readonly ticker: string },
  b: { readonly score: number; readonly ticker: string },
): number {
  return b.score - a.score || (a.ticker < b.ticker ? -1 : 1);
}

function scoreOne({ raw, ...readings }: Readings, normalised: readonly number[]): Scored {
  const logs = normalised.map((value, at) => {
    return weightOf(element(INDICATORS, at)) * Math.log(Math.max(FLOOR, value));
  });
  const sum = logs.reduce((total, log) => total + log, 0);
  const score = Math.exp(sum);
  const factor = (indicator: Indicator): Factor => {
    const at = INDICATORS.indexOf(indicator);
    const weight = weightOf(indicator);
    // Where all are at the floor, the single point is shared by weight.
    const share = sum === 0 ? weight : element(logs, at) / sum;
    return {
      raw: raw[indicator],
      normalised: element(normalised, at),
      weight,
      contribution: score * share,
    };
  };
  const breakdown = {
    bollinger: factor('bollinger'),
    atr: factor('atr'),
    rsi: factor('rsi'),
    obv: factor('obv'),
    sma: factor('sma'),
    relativeVolume: factor('relativeVolume'),
  };
  return { ...readings, score, breakdown };
}

function weightOf(indicator: Indicator): number {
  return WEIGHTS[indicator] / WEIGHT_SUM;
}
