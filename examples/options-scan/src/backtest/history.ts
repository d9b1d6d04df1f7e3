import { z } from '../base/schema.ts';
import { mean } from '../base/statistics.ts';
import { readIndicators } from '../indicators/read-indicators.ts';
import { type Direction, INDICATORS, type Readings } from '../indicators/readings.ts';
import { type Bars, barsBetween } from '../market/bars.ts';
import { Listing } from '../universe/listing.ts';

/** What is kept of a ticker on each date: the indicators, then these. */
const CLOSE = INDICATORS.length;
const VOLUME = CLOSE + 1;
const DIRECTION = CLOSE + 2;
const COLUMNS = CLOSE + 3;
const VOLUME_ROWS = 20;
const DIRECTIONS: readonly Direction[] = ['neutral', 'bullish', 'bearish'];

/** The readings of one ticker on all dates, as they were on each of them. NaN: not known. */
export const History = Listing.unwrap()
  .extend({
    /** Dates x columns; a date on which there was no full lookback has NaN throughout. */
    values: z.instanceof(Float64Array),
  })
  .readonly();
export type History = z.infer<typeof History>;

/** @param dates days since 1970; each reading sees bars up to and including its date */
export function readHistory(
  listing: Listing,
  bars: Bars,
  { dates, lookback }: { readonly dates: Int32Array; readonly lookback: number },
): History {
  const values = new Float64Array(dates.length * COLUMNS).fill(Number.NaN);
  dates.forEach((date, place) => {
    const end = bars.days.indexOf(date) + 1;
    if (end < lookback) return;
    values.set(columnsOf(barsBetween(bars, end - lookback, end)), place * COLUMNS);
  });
  return { ...listing, values };
}

function columnsOf(bars: Bars): readonly number[] {
  const { raw, direction } = readIndicators(bars);
  return [
    ...INDICATORS.map((indicator) => raw[indicator] ?? Number.NaN),
    bars.close.at(-1) ?? Number.NaN,
    mean(bars.volume.subarray(-VOLUME_ROWS)),
    DIRECTIONS.indexOf(direction),
  ];
}

export interface PastReadings {
  readonly readings: Readings;
  /** Shares a day, mean of 20. */
  readonly averageVolume: number;
}

/** The readings of a ticker on one date; undefined where it was listed too late for them. */
export function readingsOn(
  { values, ticker, kind, origin }: History,
  place: number,
): PastReadings | undefined {
  const columns = values.subarray(place * COLUMNS, (place + 1) * COLUMNS);
  const close = columns[CLOSE] ?? Number.NaN;
  if (Number.isNaN(close)) return undefined;
  const raw = (indicator: number): number | null => {
    const value = columns[indicator] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  };
  const [bollinger, atr, rsi] = [raw(0), raw(1), raw(2)];
  const [obv, sma, relativeVolume] = [raw(3), raw(4), raw(5)];
  const readings: Readings = {
    ...{ ticker, kind, origin, close, volatility: null },
    raw: { bollinger, atr, rsi, obv, sma, relativeVolume },
    direction: DIRECTIONS[columns[DIRECTION] ?? 0] ?? 'neutral',
  };
  return { readings, averageVolume: columns[VOLUME] ?? 0 };
}
