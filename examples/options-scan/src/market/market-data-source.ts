import type { Day } from '../base/calendar.ts';
import type { ScanError } from '../base/scan-error.ts';
import type { Bars } from './bars.ts';

/** What a source knows of one ticker. */
export type BarsAnswer =
  | { readonly kind: 'bars'; readonly bars: Bars }
  /** Of this ticker alone: the others of its batch are not touched. */
  | { readonly kind: 'fault'; readonly error: ScanError };

export interface BarsRequest {
  readonly tickers: readonly string[];
  readonly asOf: Day;
  /** So many of the newest bars are wanted. */
  readonly rows: number;
  readonly signal: AbortSignal;
}

/** Where daily bars come from. */
export interface MarketDataSource {
  /** How messages and the result name it. */
  readonly name: string;
  /** So many tickers are asked for at once. At least 1. */
  readonly batchSize: number;
  /** So long a request waits for more tickers, milliseconds: what a request costs is worth it, or is not. */
  readonly lingerMs: number;
  /** Changes when the data of a ticker do; undefined where nobody can tell without reading them. Never rejects. */
  stamp(ticker: string): Promise<string | undefined>;
  /**
   * Answers for every ticker that is asked for.
   * @throws ScanError SOURCE_UNAVAILABLE when none can be had now; worth another try
   */
  read(request: BarsRequest): Promise<ReadonlyMap<string, BarsAnswer>>;
}
