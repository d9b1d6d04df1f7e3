import type { Bars } from '@millrace/quant';
import type { OptionsActivity } from '../technical/options-modifier.ts';

/**
 * What is known of the market at a time, milliseconds since 1970 UTC; nothing later is ever given. It answers at once:
 * a live feed keeps what it has heard. Further feeds are one class and one line in `open-market.ts`.
 */
export interface MarketData {
  /** For people; says what of it is generated. */
  readonly name: string;

  /**
   * The last five-minute bars that ended by `at`, at most `count`.
   * @throws SocialError NO_BARS for a symbol without any
   */
  fiveMinuteBars(symbol: string, at: number, count: number): Bars;

  /** One-minute bars that ended after `after` and by `until`; none for an unknown symbol. */
  minuteBars(symbol: string, after: number, until: number): Bars;

  /** The last price known by `at`, in dollars; undefined for an unknown symbol. */
  price(symbol: string, at: number): number | undefined;

  /** Null where it is not known, also where the last value is minutes old. */
  vix(at: number): number | null;

  /** Shares of an index fund in the last minute. */
  minuteVolume(symbol: 'SPY' | 'QQQ', at: number): number | null;

  options(symbol: string, at: number): OptionsActivity | undefined;

  /** Days since 1970-01-01 of the reports of the company. */
  earnings(symbol: string): readonly number[];
}
