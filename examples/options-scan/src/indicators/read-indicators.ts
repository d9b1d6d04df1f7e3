import { logReturns, mean, regressionSlope, sampleDeviation } from '../base/statistics.ts';
import type { Bars } from '../market/bars.ts';
import type { Direction, RawReadings } from './readings.ts';
import { bandWidth, movingAverage, relativeStrength, wilderAverage } from './trading-signals.ts';

const BAND = { interval: 20, deviations: 2 } as const;
const WILDER = 14;
const SLOPE_ROWS = 20;
const VOLUME_ROWS = 20;
/** Averages that lie so far apart, as a share of the price, are not aligned at all. */
const WIDEST_SPREAD = 0.2;
const VOLATILITY_RETURNS = 60;
const TRADING_DAYS = 252;

export interface Measured {
  readonly raw: RawReadings;
  readonly direction: Direction;
  /** A year, as a share: .25. Null with fewer than 20 returns. */
  readonly volatility: number | null;
}

/** The six indicators of the last bar, its direction and its volatility. */
export function readIndicators(bars: Bars): Measured {
  const { close } = bars;
  const averages = [20, 50, 200].map((interval) => movingAverage(close, interval));
  const rsi = relativeStrength(close, WILDER);
  return {
    raw: {
      bollinger: known(bandWidth(close, BAND.interval, BAND.deviations)),
      atr: known(averageTrueRange(bars)),
      rsi: known(rsi),
      obv: known(volumeSlope(bars)),
      sma: known(alignment(averages, close.at(-1))),
      relativeVolume: known(relativeVolume(bars.volume)),
    },
    direction: directionOf(rsi, averages),
    volatility: known(yearlyVolatility(close)),
  };
}

/** Wilder's average true range, percent of the last close. The first bar has no close before it, and so no range. */
function averageTrueRange({ high, low, close }: Bars): number | undefined {
  const ranges = Float64Array.from({ length: Math.max(0, close.length - 1) }, (_, at) => {
    const [top = 0, bottom = 0, before = 0] = [high[at + 1], low[at + 1], close[at]];
    return Math.max(top, before) - Math.min(bottom, before);
  });
  const range = wilderAverage(ranges, WILDER);
  return range === undefined ? undefined : (100 * range) / (close.at(-1) ?? 0);
}

/** Slope of on-balance volume over its last bars, in its mean absolute values a bar. */
function volumeSlope({ close, volume }: Bars): number | undefined {
  if (close.length < SLOPE_ROWS) return undefined;
  let balance = 0;
  const balances = Float64Array.from(close, (price, at) => {
    if (at > 0) balance += Math.sign(price - (close[at - 1] ?? 0)) * (volume[at] ?? 0);
    return balance;
  }).subarray(-SLOPE_ROWS);
  const size = mean(balances.map(Math.abs));
  return size === 0 ? undefined : regressionSlope(balances) / size;
}

/** 100 where all averages are one, 0 where they lie a fifth of the price apart. */
function alignment(averages: readonly (number | undefined)[], price = 0): number | undefined {
  const levels = averages.filter((average) => average !== undefined);
  if (levels.length < averages.length) return undefined;
  const spread = Math.max(...levels) - Math.min(...levels);
  return Math.min(100, Math.max(0, 100 * (1 - spread / price / WIDEST_SPREAD)));
}

function relativeVolume(volume: Float64Array): number | undefined {
  if (volume.length < VOLUME_ROWS) return undefined;
  return (volume.at(-1) ?? 0) / mean(volume.subarray(-VOLUME_ROWS));
}

function directionOf(
  rsi: number | undefined,
  [short, middle, long]: readonly (number | undefined)[],
): Direction {
  if (rsi === undefined || short === undefined || middle === undefined || long === undefined) {
    return 'neutral';
  }
  if (rsi > 50 && short > middle && middle > long) return 'bullish';
  if (rsi < 50 && short < middle && middle < long) return 'bearish';
  return 'neutral';
}

function yearlyVolatility(close: Float64Array): number | undefined {
  const returns = logReturns(close.subarray(-VOLATILITY_RETURNS - 1));
  if (returns.length < BAND.interval) return undefined;
  return sampleDeviation(returns) * Math.sqrt(TRADING_DAYS);
}

/** What the store can keep and a ranking can use. */
function known(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
