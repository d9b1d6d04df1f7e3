import { INDICATORS, type Indicator } from '../indicators/readings.ts';
import type { Finalist } from './finalist.ts';

export const FACTOR_NAMES: Readonly<Record<Indicator | 'catalyst', string>> = {
  bollinger: 'Bollinger width',
  atr: 'ATR %',
  rsi: 'RSI',
  obv: 'OBV slope',
  sma: 'SMA alignment',
  relativeVolume: 'relative volume',
  catalyst: 'earnings proximity',
};

/** The facts of a finalist in words: what a language model is given, and nothing else. */
export function describeFinalist(finalist: Finalist): string {
  const { ticker, direction, close, score, breakdown, contract, earnings, ivCrush } = finalist;
  const factors = INDICATORS.map((indicator) => {
    const { raw, normalised } = breakdown[indicator];
    const value = raw === null ? 'not known' : raw.toFixed(3);
    return `- ${FACTOR_NAMES[indicator]}: ${value}, percentile ${normalised.toFixed(0)}`;
  });
  const report =
    earnings === null ? 'no date known' : `in ${earnings.days} days (${earnings.date})`;
  return [
    `Ticker ${ticker}, last close ${close.toFixed(2)}, trend ${direction}, score ${score.toFixed(1)} of 100.`,
    ...factors,
    `Earnings: ${report}${ivCrush ? '; implied volatility may collapse after it' : ''}.`,
    `Chosen option: ${contract.side} ${contract.strike} of ${contract.expiry}, mid ${contract.mid.toFixed(2)}, ` +
      `delta ${contract.delta.toFixed(2)}, implied volatility ${(100 * contract.impliedVolatility).toFixed(1)} %, ` +
      `theta ${contract.theta.toFixed(3)} a day.`,
  ].join('\n');
}
