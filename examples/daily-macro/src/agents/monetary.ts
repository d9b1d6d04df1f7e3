import { mean } from '../base/statistics.ts';
import { combine, difference, type Line, overPeriods, percentChange } from '../data/line.ts';
import { type Tables, tableOf } from '../data/series-table.ts';
import { MONTHS_A_YEAR, measureLine, WINDOW } from './measure-line.ts';
import type { SignalRule } from './signal-rule.ts';

/** Months over which unemployment is averaged to stand for its natural rate. */
const NATURAL_RATE_MONTHS = 120;

function coreInflation(tables: Tables): Line {
  return percentChange(tableOf(tables, 'CPILFENS'), MONTHS_A_YEAR);
}

/** Trailing mean less the latest: positive when unemployment is below its own ten-year mean. */
function employmentGap(tables: Tables): Line {
  const { days, values } = tableOf(tables, 'UNRATE');
  const gaps = Array.from(values, (value, at) => {
    return (
      mean(Array.from(values.slice(Math.max(0, at - NATURAL_RATE_MONTHS + 1), at + 1))) - value
    );
  });
  return { days, values: gaps };
}

/**
 * The rate of Taylor's rule: 2 + inflation + (inflation - 2) / 2 + output gap / 2, in percent. The output gap is
 * twice the employment gap (Okun's law). J. B. Taylor, "Discretion versus policy rules in practice" (1993).
 */
export function taylorRate(inflation: number, employmentGapPercent: number): number {
  return 2 + inflation + 0.5 * (inflation - 2) + 0.5 * (2 * employmentGapPercent);
}

/** Axis: up means that policy is tight, or about to tighten. */
export const monetarySignals: readonly SignalRule[] = [
  {
    id: 'policy-change',
    unit: 'percentage points over a year',
    series: ['FEDFUNDS'],
    measure: (tables) => {
      return measureLine(difference(tableOf(tables, 'FEDFUNDS'), MONTHS_A_YEAR), WINDOW.monthly);
    },
  },
  {
    id: 'real-policy-rate',
    unit: 'percent a year',
    series: ['FEDFUNDS', 'CPILFENS'],
    measure: (tables) => {
      const real = combine(
        tableOf(tables, 'FEDFUNDS'),
        coreInflation(tables),
        (rate, pi) => rate - pi,
      );
      return measureLine(real, WINDOW.monthly);
    },
  },
  {
    id: 'taylor-gap',
    unit: 'percentage points above the policy rate',
    series: ['FEDFUNDS', 'CPILFENS', 'UNRATE'],
    measure: (tables) => {
      const rule = combine(coreInflation(tables), employmentGap(tables), taylorRate);
      const gap = combine(rule, tableOf(tables, 'FEDFUNDS'), (due, actual) => due - actual);
      return measureLine(gap, WINDOW.monthly);
    },
  },
  {
    id: 'curve-slope',
    unit: 'percentage points, 10 years less 3 months',
    series: ['GS10', 'GS3M'],
    measure: (tables) => {
      const slope = combine(
        tableOf(tables, 'GS10'),
        tableOf(tables, 'GS3M'),
        (long, short) => long - short,
      );
      return measureLine(slope, WINDOW.monthly, -1);
    },
  },
  {
    id: 'money-growth',
    unit: 'percentage points, real M2 over a year',
    series: ['M2SL', 'CPIAUCNS'],
    measure: (tables) => {
      const real = combine(
        tableOf(tables, 'M2SL'),
        tableOf(tables, 'CPIAUCNS'),
        (m2, cpi) => m2 / cpi,
      );
      const growth = overPeriods(real, MONTHS_A_YEAR, (now, before) => 100 * (now / before - 1));
      return measureLine(growth, WINDOW.monthly, -1);
    },
  },
];
