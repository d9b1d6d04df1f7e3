import type { AssetClass } from '../aggregate/asset-class.ts';
import { MacroError } from '../base/macro-error.ts';

/** How the return of an instrument follows from its series. */
export type Pricing =
  /** Par bond of constant maturity; the series is a yield in percent. */
  | { readonly kind: 'bond'; readonly years: number }
  /** The series is a price in dollars. */
  | { readonly kind: 'price' }
  /** The series is foreign units to a dollar, so its inverse is the price. */
  | { readonly kind: 'inverse' };

export interface Instrument {
  readonly id: string;
  readonly assetClass: AssetClass;
  readonly series: string;
  readonly pricing: Pricing;
}

const bond = (id: string, series: string, years: number): Instrument => ({
  id,
  assetClass: 'rates',
  series,
  pricing: { kind: 'bond', years },
});
const currency = (id: string, series: string, kind: 'price' | 'inverse'): Instrument => ({
  id,
  assetClass: 'fx',
  series,
  pricing: { kind },
});
const priced = (id: string, assetClass: AssetClass, series: string): Instrument => ({
  id,
  assetClass,
  series,
  pricing: { kind: 'price' },
});

/** Everything that can be held. A long currency is short the dollar. */
export const instruments: readonly Instrument[] = [
  bond('UST1', 'DGS1', 1),
  bond('UST3', 'DGS3', 3),
  bond('UST5', 'DGS5', 5),
  bond('UST10', 'DGS10', 10),
  currency('GBP', 'USDGBP', 'price'),
  currency('JPY', 'JPYUSD', 'inverse'),
  currency('CHF', 'CHFUSD', 'inverse'),
  currency('CAD', 'CADUSD', 'inverse'),
  currency('AUD', 'USDAUD', 'price'),
  priced('SPX', 'equity', 'SP500'),
  priced('GOLD', 'commodity', 'GOLD'),
  priced('SILVER', 'commodity', 'SILVER'),
];

/** @throws MacroError INSTRUMENT_UNKNOWN */
export function instrumentOf(id: string): Instrument {
  const instrument = instruments.find((candidate) => candidate.id === id);
  if (instrument === undefined) {
    const known = instruments.map((candidate) => candidate.id).join(', ');
    throw new MacroError(
      'INSTRUMENT_UNKNOWN',
      `no instrument ${JSON.stringify(id)}; there are: ${known}`,
    );
  }
  return instrument;
}
