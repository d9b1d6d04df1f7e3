import { element } from '../base/element.ts';
import { lastRsi, simpleMovingAverage } from '../base/indicators.ts';
import { combine, difference, type Line, logChange, mapValues } from '../data/line.ts';
import { type Tables, tableOf } from '../data/series-table.ts';
import { measureLine, WINDOW } from './measure-line.ts';
import type { SignalRule } from './signal-rule.ts';

/** Pairs of the basket; power -1 where the quote is dollars to a foreign unit. */
const currencyPairs = [
  { id: 'USDGBP', power: -1 },
  { id: 'JPYUSD', power: 1 },
  { id: 'CHFUSD', power: 1 },
  { id: 'CADUSD', power: 1 },
  { id: 'USDAUD', power: -1 },
] as const;

const pairIds = currencyPairs.map(({ id }) => id);
const BREADTH_DAYS = 100;
const RSI_DAYS = 14;
/** RSI points that count as one deviation from 50. */
const RSI_DEVIATION = 12;

/** Geometric, equally weighted value of a dollar in the five currencies; only its changes mean anything. */
function dollarIndex(tables: Tables): Line {
  const logs = currencyPairs.map(({ id, power }) => {
    return mapValues(
      tableOf(tables, id),
      (quote) => (power * Math.log(quote)) / currencyPairs.length,
    );
  });
  const sum = logs.reduce((total, line) => combine(total, line, (a, b) => a + b));
  return mapValues(sum, Math.exp);
}

const trend = (id: string, days: number): SignalRule => ({
  id,
  unit: `log change over ${days} days`,
  series: pairIds,
  measure: (tables) => measureLine(logChange(dollarIndex(tables), days), WINDOW.daily),
});

/** Share of the pairs in which the dollar stands above its own moving average, 0 to 1. */
function breadth(tables: Tables): number {
  const above = currencyPairs.filter(({ id, power }) => {
    const values = Array.from(tableOf(tables, id).values, (quote) => quote ** power);
    const averages = simpleMovingAverage(values, BREADTH_DAYS);
    return element(values, -1) > element(averages, -1);
  });
  return above.length / currencyPairs.length;
}

/** Axis: up means that the dollar strengthens. */
export const fxSignals: readonly SignalRule[] = [
  trend('dollar-quarter', 63),
  trend('dollar-year', 252),
  {
    id: 'dollar-breadth',
    unit: `share of pairs above their ${BREADTH_DAYS}-day mean`,
    series: pairIds,
    measure: (tables) => {
      const share = breadth(tables);
      // Five tosses of a fair coin have a deviation of .2236 around one half.
      return { value: share, score: (share - 0.5) / Math.sqrt(0.25 / currencyPairs.length) };
    },
  },
  {
    id: 'dollar-stretch',
    unit: 'RSI points; a stretched dollar is expected to give back',
    series: pairIds,
    measure: (tables) => {
      const rsi = lastRsi(Array.from(dollarIndex(tables).values), RSI_DAYS);
      if (rsi === undefined) return { value: Number.NaN, score: undefined };
      return { value: rsi, score: (50 - rsi) / RSI_DEVIATION };
    },
  },
  {
    id: 'rate-support',
    unit: 'percentage points over six months, 2-year yield',
    series: ['GS2'],
    measure: (tables) => measureLine(difference(tableOf(tables, 'GS2'), 6), WINDOW.monthly),
  },
];
