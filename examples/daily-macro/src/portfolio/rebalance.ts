import { isWithinCaps, type Weights } from './clamp-weights.ts';

const DRIFT_BOUND = 0.05;
const MINIMUM_TRADE_DOLLARS = 10_000;

export interface Trade {
  readonly instrument: string;
  readonly from: number;
  readonly to: number;
  /** Signed: positive buys. */
  readonly dollars: number;
}

export interface Rebalance {
  readonly trades: readonly Trade[];
  /** Largest distance of a held weight from its target. */
  readonly drift: number;
  /** What is held afterwards; instruments at 0 are left out. */
  readonly weights: Weights;
}

function wantedTrades(held: Weights, targets: Weights, equityDollars: number): Trade[] {
  const ids = new Set([...Object.keys(targets), ...Object.keys(held)]);
  return [...ids].map((instrument) => {
    const [from, to] = [held[instrument] ?? 0, targets[instrument] ?? 0];
    return { instrument, from, to, dollars: (to - from) * equityDollars };
  });
}

function weightsAfter(wanted: readonly Trade[], done: ReadonlySet<Trade>): Weights {
  const after = wanted.map(
    (trade) => [trade.instrument, done.has(trade) ? trade.to : trade.from] as const,
  );
  return Object.fromEntries(after.filter(([, weight]) => weight !== 0));
}

/**
 * Trades from the held weights to the targets when one of them is off by more than 5 % of equity. Trades below
 * $10,000 are left undone, unless a cap would be broken without them: then every cut towards a target is made.
 * @param targets within the caps
 */
export function rebalance(held: Weights, targets: Weights, equityDollars: number): Rebalance {
  const wanted = wantedTrades(held, targets, equityDollars);
  const drift = Math.max(0, ...wanted.map(({ from, to }) => Math.abs(to - from)));
  const large = wanted.filter(({ dollars }) => Math.abs(dollars) >= MINIMUM_TRADE_DOLLARS);
  const done = new Set(drift > DRIFT_BOUND ? large : []);
  if (!isWithinCaps(weightsAfter(wanted, done))) {
    for (const trade of wanted) if (Math.abs(trade.to) < Math.abs(trade.from)) done.add(trade);
  }
  return { trades: [...done], drift, weights: weightsAfter(wanted, done) };
}
