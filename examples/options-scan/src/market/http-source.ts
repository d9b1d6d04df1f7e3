import { dayOf, isoOf } from '../base/calendar.ts';
import { httpJson } from '../base/http-json.ts';
import { ScanError } from '../base/scan-error.ts';
import { z } from '../base/schema.ts';
import { type Bars, newestBars } from './bars.ts';
import type { BarsAnswer, BarsRequest, MarketDataSource } from './market-data-source.ts';

export const HttpSourceSettings = z.strictObject({
  kind: z.literal('http'),
  /** `GET BASE/bars?tickers=A,B&to=2015-05-11&rows=500`. */
  at: z.url({ protocol: /^https?$/ }),
  /** Tickers a request. */
  batchSize: z.int().min(1).max(500).default(50),
});

const Row = z.tuple([z.iso.date(), z.number(), z.number(), z.number(), z.number(), z.number()]);
/** By ticker its rows `[date, open, high, low, close, volume]`, or what is wrong with it. */
const Answer = z.record(z.string(), z.unknown());
const Rows = z.array(Row);

/** Bars from a server, fifty tickers a request. */
export class HttpSource implements MarketDataSource {
  readonly name: string;
  readonly batchSize: number;
  readonly lingerMs = 50;
  readonly #baseUrl: string;

  constructor({ at, batchSize }: z.infer<typeof HttpSourceSettings>) {
    this.#baseUrl = at.replace(/\/$/, '');
    this.batchSize = batchSize;
    this.name = `the server ${new URL(at).origin}`;
  }

  async stamp(): Promise<undefined> {
    return undefined;
  }

  async read({
    tickers,
    asOf,
    rows,
    signal,
  }: BarsRequest): Promise<ReadonlyMap<string, BarsAnswer>> {
    const url = new URL(`${this.#baseUrl}/bars`);
    url.searchParams.set('tickers', tickers.join(','));
    url.searchParams.set('to', isoOf(asOf));
    url.searchParams.set('rows', String(rows));
    const answer =
      Answer.safeParse(await httpJson({ url, signal, code: 'SOURCE_UNAVAILABLE' })).data ?? {};
    return new Map(
      Object.entries(answer).map(([ticker, given]) => [ticker, read(ticker, given, asOf, rows)]),
    );
  }
}

function read(ticker: string, given: unknown, asOf: number, rows: number): BarsAnswer {
  const parsed = Rows.safeParse(given);
  if (parsed.success) return { kind: 'bars', bars: newestBars(toBars(parsed.data), asOf, rows) };
  const why = z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ');
  return {
    kind: 'fault',
    error: new ScanError('BARS_INVALID', `${ticker} as the server gives it: ${why}`),
  };
}

function toBars(rows: z.infer<typeof Rows>): Bars {
  return {
    days: Int32Array.from(rows, ([date]) => dayOf(date)),
    open: Float64Array.from(rows, ([, open]) => open),
    high: Float64Array.from(rows, ([, , high]) => high),
    low: Float64Array.from(rows, ([, , , low]) => low),
    close: Float64Array.from(rows, ([, , , , close]) => close),
    volume: Float64Array.from(rows, ([, , , , , volume]) => volume),
  };
}
