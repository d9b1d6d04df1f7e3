/** Limits as shares; each default is what `checkRisk` takes without it. */
export interface RiskLimits {
  /** Of the equity in one instrument. Default .1. */
  readonly position?: number;
  /** Of the equity in one group. Default .3. */
  readonly concentration?: number;
  /** Sum of all positions over the equity. Default 3. */
  readonly leverage?: number;
  /** Loss since its entry at which a position is closed. Default .05. */
  readonly stopLoss?: number;
  /** Loss of the equity since the start of the day from which on risk is only taken off. Default .02. */
  readonly dailyLoss?: number;
  /** Loss of the equity since its peak at which everything is closed. Default .15. */
  readonly drawdown?: number;
  /** Value at risk of the positions over one period at 95 %. Default .05. */
  readonly valueAtRisk?: number;
}

export const DEFAULT_LIMITS: Required<RiskLimits> = {
  position: 0.1,
  concentration: 0.3,
  leverage: 3,
  stopLoss: 0.05,
  dailyLoss: 0.02,
  drawdown: 0.15,
  valueAtRisk: 0.05,
};

/** Where the account stands. */
export interface AccountState {
  readonly equity: number;
  /** Highest equity so far. */
  readonly peakEquity: number;
  /** Equity at the start of the day. */
  readonly dayStartEquity: number;
}

/** What is held or wanted of an instrument. */
export interface Position {
  readonly id: string;
  /** Share of the equity held now, signed. */
  readonly held: number;
  /** Share of the equity wanted, signed. */
  readonly wanted: number;
  /** Return of the price since the entry, signed by the side; absent for what is not held. */
  readonly gain?: number;
  /** Positions of one group count together. Default the instrument is one by itself. */
  readonly group?: string;
  /** Past returns of the price per period, as many as of the other positions; absent: not in the value at risk. */
  readonly returns?: ArrayLike<number>;
}

/** A limit that was met, and what was done for it. */
export interface RiskBreach {
  readonly limit: keyof RiskLimits | 'not-a-number';
  /** Instrument or group; absent where the whole account is meant. */
  readonly id?: string;
  readonly got: number;
  readonly allowed: number;
}

export interface RiskDecision {
  /** `kill`: close everything. `reduce-only`: no position may grow. `trade`: within the limits. */
  readonly mode: 'trade' | 'reduce-only' | 'kill';
  /** Allowed share of the equity by instrument. */
  readonly weights: Readonly<Record<string, number>>;
  /** In the order in which they were applied. */
  readonly breaches: readonly RiskBreach[];
}
