import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bars, readBars, sliceBars } from '@millrace/quant';
import { SocialError } from '../base/social-error.ts';
import { dayOfIso } from '../calendar/new-york-time.ts';
import type { OptionsActivity } from '../technical/options-modifier.ts';
import { fiveMinuteBars } from './five-minute-bars.ts';
import type { MarketData } from './market-data.ts';
import { readColumns } from './read-columns.ts';
import { rowsUntil } from './rows-until.ts';

const SYMBOLS = ['AAPL', 'MSFT'] as const;
const FRESH_MS = 120_000;

interface Series {
  readonly minutes: Bars;
  readonly fives: Bars;
}
type Columns = Readonly<Record<string, Float64Array>>;

/** The shipped market: real minute bars of two shares; index volumes, VIX and option activity that are generated. */
export class ReplayMarket implements MarketData {
  readonly name = 'real minute bars of AAPL and MSFT; SPY, QQQ, VIX and options GENERATED';
  readonly #series: ReadonlyMap<string, Series>;
  readonly #index: Columns;
  readonly #options: ReadonlyMap<string, Columns>;
  readonly #earnings: ReadonlyMap<string, readonly number[]>;

  /** @throws SocialError TABLE_INVALID */
  constructor(folder: string) {
    this.#series = new Map(SYMBOLS.map((symbol) => [symbol, readSeries(folder, symbol)]));
    const indexTitles = ['time', 'SPY', 'QQQ', 'vix'];
    this.#index = readColumns(join(folder, 'generated-index.csv'), indexTitles);
    const titles = ['time', 'volumeRatio', 'unusualActivity', 'ivRank'];
    this.#options = new Map(
      SYMBOLS.map((symbol) => [
        symbol,
        readColumns(join(folder, `generated-options-${symbol}.csv`), titles),
      ]),
    );
    this.#earnings = readEarnings(join(folder, 'earnings.csv'));
  }

  fiveMinuteBars(symbol: string, at: number, count: number): Bars {
    const fives = this.#series.get(symbol)?.fives;
    if (fives === undefined) {
      const known = [...this.#series.keys()].join(', ');
      throw new SocialError(
        'NO_BARS',
        `there are no bars of ${symbol}; there are some of ${known}`,
      );
    }
    const until = rowsUntil(fives.time, at);
    return sliceBars(fives, Math.max(0, until - count), until);
  }

  minuteBars(symbol: string, after: number, until: number): Bars {
    const minutes = this.#series.get(symbol)?.minutes ?? EMPTY;
    return sliceBars(minutes, rowsUntil(minutes.time, after), rowsUntil(minutes.time, until));
  }

  price(symbol: string, at: number): number | undefined {
    const minutes = this.#series.get(symbol)?.minutes ?? EMPTY;
    return minutes.close[rowsUntil(minutes.time, at) - 1];
  }

  vix(at: number): number | null {
    return freshAt(this.#index, 'vix', at, FRESH_MS);
  }

  minuteVolume(symbol: 'SPY' | 'QQQ', at: number): number | null {
    return freshAt(this.#index, symbol, at, FRESH_MS);
  }

  options(symbol: string, at: number): OptionsActivity | undefined {
    const columns = this.#options.get(symbol);
    if (columns === undefined) return undefined;
    const value = (title: string) => freshAt(columns, title, at, Number.POSITIVE_INFINITY);
    const [volumeRatio, ivRank] = [value('volumeRatio'), value('ivRank')];
    return { volumeRatio, unusualActivity: value('unusualActivity') === 1, ivRank };
  }

  earnings(symbol: string): readonly number[] {
    return this.#earnings.get(symbol) ?? [];
  }
}

const EMPTY = fiveMinuteBars({
  ...{ time: new Float64Array(), open: new Float64Array(), high: new Float64Array() },
  ...{ low: new Float64Array(), close: new Float64Array(), volume: new Float64Array() },
});

/** The last value by `at`, unless it is unknown or older than that. */
function freshAt(columns: Columns, title: string, at: number, freshMs: number): number | null {
  const times = columns.time ?? new Float64Array();
  const row = rowsUntil(times, at) - 1;
  const value = columns[title]?.[row] ?? Number.NaN;
  return Number.isNaN(value) || at - (times[row] ?? 0) >= freshMs ? null : value;
}

function readSeries(folder: string, symbol: string): Series {
  const path = join(folder, `${symbol}-minutes.csv`);
  const columns = readColumns(path, ['time', 'open', 'high', 'low', 'close', 'volume']);
  const column = (title: string): Float64Array => columns[title] ?? new Float64Array();
  const { bars: minutes } = readBars({
    ...{ time: column('time'), open: column('open'), high: column('high') },
    ...{ low: column('low'), close: column('close'), volume: column('volume') },
  });
  return { minutes, fives: fiveMinuteBars(minutes) };
}

function readEarnings(path: string): ReadonlyMap<string, readonly number[]> {
  const dates = new Map<string, number[]>();
  if (!existsSync(path)) return dates;
  for (const [at, line] of readFileSync(path, 'utf8').trim().split('\n').entries()) {
    if (at === 0) continue;
    const [symbol = '', date = ''] = line.split(',');
    const day = dayOfIso(date);
    if (Number.isNaN(day)) {
      const message = `${path}:${at + 1}: expected a ticker and a date, got ${JSON.stringify(line)}`;
      throw new SocialError('TABLE_INVALID', message);
    }
    dates.set(symbol, [...(dates.get(symbol) ?? []), day]);
  }
  return dates;
}
