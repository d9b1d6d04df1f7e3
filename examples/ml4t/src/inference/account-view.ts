import type { AccountState } from '@millrace/quant';

/** Where the account stands, as whoever keeps it tells. */
export interface AccountView {
  readonly state: AccountState;
  /** Share of the equity held in an instrument, signed. */
  held(instrumentId: string): number;
}

/** Nothing held, nothing lost. */
export const flatAccount: AccountView = {
  state: { equity: 1, peakEquity: 1, dayStartEquity: 1 },
  held: () => 0,
};
