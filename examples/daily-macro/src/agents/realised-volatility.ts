import { element } from '../base/element.ts';
import { sampleStandardDeviation } from '../base/statistics.ts';
import { type Line, logChange } from '../data/line.ts';

export const TRADING_DAYS_A_YEAR = 252;
const WINDOW_DAYS = 21;

/** Annualised deviation of the last 21 daily log changes, at each day that has them. */
export function realisedVolatility(prices: Line): Line {
  const changes = logChange(prices, 1);
  const values = Array.from(changes.values);
  const days: number[] = [];
  const volatilities: number[] = [];
  for (let end = WINDOW_DAYS; end <= values.length; end += 1) {
    days.push(element(changes.days, end - 1));
    const deviation = sampleStandardDeviation(values.slice(end - WINDOW_DAYS, end));
    volatilities.push(deviation * Math.sqrt(TRADING_DAYS_A_YEAR));
  }
  return { days, values: volatilities };
}
