import { combine, difference, type Line, percentChange } from '../data/line.ts';
import { type Tables, tableOf } from '../data/series-table.ts';
import { measureLine, QUARTERS_A_YEAR, WINDOW } from './measure-line.ts';
import type { SignalRule } from './signal-rule.ts';

/** Federal expenditures less receipts in percent of gross domestic product, quarterly. */
function deficit(tables: Tables): Line {
  const gap = combine(
    tableOf(tables, 'FGEXPND'),
    tableOf(tables, 'FGRECPT'),
    (spent, received) => spent - received,
  );
  return combine(gap, tableOf(tables, 'GDP'), (dollars, gdp) => (100 * dollars) / gdp);
}

/** Debt at the end of the fiscal year in percent of the product of that quarter. */
function debtRatio(tables: Tables): Line {
  const debt = tableOf(tables, 'FYGFDPUB');
  return combine(debt, tableOf(tables, 'GDP'), (dollars, gdp) => (100 * dollars) / gdp);
}

/** Axis: up means that the budget loosens, so that more debt has to be placed. */
export const fiscalSignals: readonly SignalRule[] = [
  {
    id: 'deficit',
    unit: 'percent of product',
    series: ['FGEXPND', 'FGRECPT', 'GDP'],
    measure: (tables) => measureLine(deficit(tables), WINDOW.quarterly),
  },
  {
    id: 'deficit-change',
    unit: 'percentage points of product over a year',
    series: ['FGEXPND', 'FGRECPT', 'GDP'],
    measure: (tables) => {
      return measureLine(difference(deficit(tables), QUARTERS_A_YEAR), WINDOW.quarterly);
    },
  },
  {
    id: 'receipts-growth',
    unit: 'percent over a year',
    series: ['FGRECPT'],
    measure: (tables) => {
      const growth = percentChange(tableOf(tables, 'FGRECPT'), QUARTERS_A_YEAR);
      return measureLine(growth, WINDOW.quarterly, -1);
    },
  },
  {
    id: 'debt-change',
    unit: 'percentage points of product over a year',
    series: ['FYGFDPUB', 'GDP'],
    measure: (tables) => measureLine(difference(debtRatio(tables), 1), WINDOW.annual),
  },
];
