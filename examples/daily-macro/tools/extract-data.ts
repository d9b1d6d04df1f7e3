/**
 * Writes `data/*.csv` from the unpacked packages that `extract-data.sh` fetches. Usage:
 * `node tools/extract-data.ts SOURCES`, where SOURCES holds tcmd.xdr, gold-silver.xdr, fedstl.idx, fedstl.bin,
 * fred.json and sp500.csv. Reproducible: the same sources give the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bondDays } from './bond-calendar.ts';
import { type GretlSeries, readGretlDatabase } from './gretl-database.ts';
import { readRData } from './r-data.ts';

const sources = process.argv[2] ?? '';
const FIRST = '1986-01-01';
const LAST = '2001-12-31';
const LAST_RATES_DAY = '2000-05-12';
/** A monthly average is published to two decimals, so the mean of its days may differ by half of the last one. */
const AVERAGE_TOLERANCE = 0.0051;

type Row = readonly [date: string, ...values: (number | undefined)[]];
const read = (name: string): Buffer => readFileSync(join(sources, name));

function write(name: string, header: readonly string[], rows: Iterable<Row>): void {
  const lines = [...rows].map(([date, ...values]) => {
    const cells = values.map((value) =>
      value === undefined || Number.isNaN(value) ? '' : String(value),
    );
    return [date, ...cells].join(',');
  });
  const path = join(import.meta.dirname, '..', 'data', name);
  writeFileSync(path, `${[header.join(','), ...lines].join('\n')}\n`);
  console.log(
    `${name}: ${lines.length} rows, ${lines[0]?.slice(0, 10)} to ${lines.at(-1)?.slice(0, 10)}`,
  );
}

const database = readGretlDatabase(read('fedstl.idx').toString('latin1'), read('fedstl.bin'));
function fed(name: string): GretlSeries {
  const series = database.get(name);
  if (series === undefined) throw new RangeError(`fedstl has no ${name}`);
  return series;
}

/** Value of a monthly, quarterly or annual series; periods count from 1. */
function valueAt(series: GretlSeries, year: number, period: number): number | undefined {
  const perYear = { M: 12, Q: 4, A: 1 }[series.frequency];
  return series.values[(year - series.firstYear) * perYear + period - series.firstPeriod];
}

function extractRates(): void {
  const matrix = readRData(read('tcmd.xdr')).get('tcmd')?.values as number[];
  const rows = matrix.length / 4;
  const columns = [0, 1, 2, 3].map((at) => matrix.slice(at * rows, (at + 1) * rows));
  const days = bondDays(FIRST, LAST_RATES_DAY);
  const out = days.map((day, at): Row => [day, ...columns.map((c) => c[rows - days.length + at])]);
  proveCalendar(out);
  write('treasury-daily.csv', ['date', 'DGS1', 'DGS3', 'DGS5', 'DGS10'], out);
}

function proveCalendar(rows: readonly Row[]): void {
  const months = Map.groupBy(rows, ([date]) => date.slice(0, 7));
  months.delete(LAST_RATES_DAY.slice(0, 7));
  for (const [month, days] of months) {
    ['gs1', 'gs3', 'gs5', 'gs10'].forEach((name, at) => {
      const mean = days.reduce((sum, row) => sum + Number(row[at + 1]), 0) / days.length;
      const published =
        valueAt(fed(name), Number(month.slice(0, 4)), Number(month.slice(5))) ?? Number.NaN;
      if (!(Math.abs(mean - published) <= AVERAGE_TOLERANCE)) {
        throw new RangeError(`${month} ${name}: days average ${mean}, published ${published}`);
      }
    });
  }
  console.log(`calendar proven over ${months.size} months x 4 tenors`);
}

function extractFx(): void {
  const quotes = JSON.parse(read('fred.json').toString()) as Record<string, Record<string, number>>;
  const codes = ['USUK', 'JPUS', 'SZUS', 'CAUS', 'USAL'];
  const days = Object.keys(quotes)
    .filter((day) => day >= FIRST && day <= LAST)
    .sort();
  const rows = days
    .map((day): Row => [day, ...codes.map((code) => quotes[day]?.[code])])
    .filter((row) => row.slice(1).every((value) => value !== undefined));
  write('fx-daily.csv', ['date', 'USDGBP', 'JPYUSD', 'CHFUSD', 'CADUSD', 'USDAUD'], rows);
}

function extractEquity(): void {
  const rows = read('sp500.csv')
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line): Row => {
      const cells = line.split(',');
      return [cells[0] ?? '', Math.round(Number(cells[4]) * 100) / 100];
    });
  write(
    'sp500-daily.csv',
    ['date', 'SP500'],
    rows.filter(([day]) => day >= FIRST && day <= LAST).reverse(),
  );
}

/** The source repeats the last price on holidays; a day on which neither metal moved is taken for one. */
function extractMetals(): void {
  const table = readRData(read('gold-silver.xdr')).get('GoldSilver');
  const days = table?.attributes.get('index')?.values as number[];
  const values = table?.values as number[];
  const rows = days.map((day, at): Row => {
    return [
      new Date(day * 86_400_000).toISOString().slice(0, 10),
      values[at],
      values[days.length + at],
    ];
  });
  const moved = rows.filter(
    (row, at) => row[1] !== rows[at - 1]?.[1] || row[2] !== rows[at - 1]?.[2],
  );
  write(
    'metals-daily.csv',
    ['date', 'GOLD', 'SILVER'],
    moved.filter(([day]) => day >= FIRST && day <= LAST),
  );
}

/** Dates are the last day of the period. Years before `from` are left out. */
function extractMacro(
  name: string,
  ids: readonly string[],
  from: number,
  months: readonly number[],
): void {
  const rows: Row[] = [];
  for (let year = from; year <= Number(LAST.slice(0, 4)); year += 1) {
    months.forEach((month, at) => {
      const end = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
      rows.push([end, ...ids.map((id) => valueAt(fed(id), year, at + 1))]);
    });
  }
  write(name, ['date', ...ids.map((id) => id.toUpperCase())], rows);
}

extractRates();
extractFx();
extractEquity();
extractMetals();
const everyMonth = Array.from({ length: 12 }, (_, at) => at + 1);
const tenors = ['gs3m', 'gs6m', 'gs1', 'gs2', 'gs3', 'gs5', 'gs7', 'gs10', 'gs30'];
extractMacro('curve-monthly.csv', tenors, 1982, everyMonth);
const monthly = [
  'cpiaucns',
  'cpilfens',
  'ppiaco',
  'mcoilwtico',
  'ahetpi',
  'fedfunds',
  'm2sl',
  'unrate',
];
extractMacro('macro-monthly.csv', monthly, 1970, everyMonth);
extractMacro('macro-quarterly.csv', ['gdp', 'fgrecpt', 'fgexpnd'], 1970, [3, 6, 9, 12]);
// The fiscal year has ended in September since 1977.
extractMacro('macro-annual.csv', ['fygfdpub'], 1977, [9]);
