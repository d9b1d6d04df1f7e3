import { simpleMovingAverage } from '../base/indicators.ts';
import { combine, type Line } from '../data/line.ts';
import { type Tables, tableOf } from '../data/series-table.ts';
import { measureLine, WINDOW } from './measure-line.ts';
import { realisedVolatility } from './realised-volatility.ts';
import type { SignalRule } from './signal-rule.ts';

const TREND_DAYS = 200;

/** Log distance of the S&P 500 from its 200-day mean. */
function distanceFromTrend(tables: Tables): Line {
  const { days, values } = tableOf(tables, 'SP500');
  const averages = simpleMovingAverage(values, TREND_DAYS);
  const average: Line = { days: days.subarray(days.length - averages.length), values: averages };
  return combine({ days, values }, average, (price, mean) => Math.log(price / mean));
}

/** Axis: up means that risk is wanted. */
export const crossAssetSignals: readonly SignalRule[] = [
  {
    id: 'equity-trend',
    unit: `log distance from the ${TREND_DAYS}-day mean`,
    series: ['SP500'],
    measure: (tables) => measureLine(distanceFromTrend(tables), WINDOW.daily),
  },
  {
    id: 'equity-volatility',
    unit: 'annualised, 21 days',
    series: ['SP500'],
    measure: (tables) =>
      measureLine(realisedVolatility(tableOf(tables, 'SP500')), WINDOW.daily, -1),
  },
  {
    id: 'earnings-yield-gap',
    unit: 'percentage points, 100 / CAPE less 10-year yield',
    series: ['CAPE', 'GS10'],
    measure: (tables) => {
      const gap = combine(tableOf(tables, 'CAPE'), tableOf(tables, 'GS10'), (cape, yield10) => {
        return 100 / cape - yield10;
      });
      return measureLine(gap, WINDOW.monthly);
    },
  },
];
