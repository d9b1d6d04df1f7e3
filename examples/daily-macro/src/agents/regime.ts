import { type Day, isoOf, lastWeekdays } from '../base/calendar.ts';
import { element } from '../base/element.ts';
import { MacroError } from '../base/macro-error.ts';
import { z } from '../base/schema.ts';
import { mean } from '../base/statistics.ts';
import { combine, logChange, zOfLast } from '../data/line.ts';
import { allVisibleAt, latestValue, type Tables, tableOf } from '../data/series-table.ts';
import { WINDOW } from './measure-line.ts';
import { realisedVolatility } from './realised-volatility.ts';
import { confidenceOf, signOf } from './signal.ts';

export const RegimeLabel = z.enum(['risk-on', 'neutral', 'risk-off']);
export type RegimeLabel = z.infer<typeof RegimeLabel>;

/** One convention everywhere: a score above .3 is risk-off, one below -.3 is risk-on. */
export const Regime = z
  .object({
    score: z.number().min(-1).max(1),
    label: RegimeLabel,
    /** Scores of the weekdays up to the run's date, ascending; the last one is `score`. */
    recent: z.array(z.object({ date: z.string(), score: z.number() }).readonly()).readonly(),
  })
  .readonly();
export type Regime = z.infer<typeof Regime>;

const BOUND = 0.3;
/** Weekdays over which a change of regime takes hold. */
const RAMP_DAYS = 3;
const YEAR_DAYS = 252;
const QUARTER_DAYS = 63;
/** A fall of 5 % from the year's high is neutral, and as much again is one deviation. */
const NORMAL_FALL = 0.05;
/** A slope of half a point, 10 years less 1 year, is neutral, and as much less is one deviation. */
const NORMAL_SLOPE = 0.5;

export function regimeLabel(score: number): RegimeLabel {
  if (score > BOUND) return 'risk-off';
  return score < -BOUND ? 'risk-on' : 'neutral';
}

function fallFromHigh(tables: Tables): number {
  const year = tableOf(tables, 'SP500').values.slice(-YEAR_DAYS);
  return 1 - element(year, -1) / Math.max(...year);
}

/** Deviations of the four gauges, positive towards risk-off; a gauge without history counts 0. */
function gauges(tables: Tables): number[] {
  const equity = tableOf(tables, 'SP500');
  const haven = combine(tableOf(tables, 'GOLD'), equity, (gold, stocks) => gold / stocks);
  const slope = latestValue(tableOf(tables, 'DGS10')) - latestValue(tableOf(tables, 'DGS1'));
  return [
    zOfLast(realisedVolatility(equity), WINDOW.daily) ?? 0,
    (fallFromHigh(tables) - NORMAL_FALL) / NORMAL_FALL,
    (NORMAL_SLOPE - slope) / NORMAL_SLOPE,
    zOfLast(logChange(haven, QUARTER_DAYS), WINDOW.daily) ?? 0,
  ];
}

/**
 * -1 to 1: mean of the four gauges, each taken through z / (1 + |z|): S&P 500 volatility, its fall from the
 * year's high, the slope of the yield curve, gold against stocks.
 */
export function regimeScore(tables: Tables): number {
  return mean(gauges(tables).map((gauge) => signOf(gauge) * confidenceOf(gauge)));
}

/** The regime on the run's date and the weekdays before it, each from what was public on that day. */
export function readRegime(tables: Tables, asOf: Day): Regime {
  const recent = lastWeekdays(asOf, RAMP_DAYS).map((day) => {
    return { date: isoOf(day), score: regimeScore(allVisibleAt(tables, day)) };
  });
  const { score } = element(recent, -1);
  if (!Number.isFinite(score)) {
    throw new MacroError('REGIME_UNKNOWN', `the regime of ${isoOf(asOf)} has no score`);
  }
  return { score, label: regimeLabel(score), recent };
}
