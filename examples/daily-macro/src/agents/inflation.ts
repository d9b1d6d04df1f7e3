import { difference, percentChange } from '../data/line.ts';
import { tableOf } from '../data/series-table.ts';
import { MONTHS_A_YEAR, measureLine, WINDOW } from './measure-line.ts';
import type { SignalRule } from './signal-rule.ts';

const yearly = (id: string, series: string): SignalRule => ({
  id,
  unit: 'percent over a year',
  series: [series],
  measure: (tables) => {
    return measureLine(percentChange(tableOf(tables, series), MONTHS_A_YEAR), WINDOW.monthly);
  },
});

/** Axis: up means that inflation pressure rises. */
export const inflationSignals: readonly SignalRule[] = [
  yearly('headline', 'CPIAUCNS'),
  yearly('core', 'CPILFENS'),
  {
    id: 'core-momentum',
    unit: 'percentage points over six months',
    series: ['CPILFENS'],
    measure: (tables) => {
      const core = percentChange(tableOf(tables, 'CPILFENS'), MONTHS_A_YEAR);
      return measureLine(difference(core, 6), WINDOW.monthly);
    },
  },
  yearly('producer-prices', 'PPIACO'),
  yearly('energy', 'MCOILWTICO'),
  yearly('wages', 'AHETPI'),
];
