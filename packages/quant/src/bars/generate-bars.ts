import { normals, seededRandom } from '../base/random.ts';
import { requireWhole, requireWithin } from '../base/require.ts';
import { allocateBars, type Bars } from './bars.ts';

export interface GeneratedBarsOptions {
  readonly count: number;
  readonly seed: number;
  /**
   * How much of a bar's return carries on from the mean of the ten before it: 0, the default, is a random walk, .5 a
   * strong trend that a model can find.
   */
  readonly persistence?: number;
  /** Standard deviation of a bar's log return that nothing foretells. Default .001, about a minute of a stock. */
  readonly volatility?: number;
  /** Default one minute. */
  readonly intervalMs?: number;
}

const MEMORY = 10;

/**
 * Generated bars, not of any market: a log-normal walk with a known edge, or none. The same options give the same
 * bars. For tests, benchmarks and examples that need scale.
 */
export function generateBars(options: GeneratedBarsOptions): Bars {
  const { seed, persistence = 0, volatility = 0.001, intervalMs = 60_000 } = options;
  const count = requireWhole('count', options.count, 1);
  requireWithin('persistence', persistence, [-1, 1]);
  const random = seededRandom(seed);
  const normal = normals(random);
  const bars = allocateBars(count);
  const past = new Float64Array(MEMORY);
  let pastSum = 0;
  let price = 100;
  for (let at = 0; at < count; at++) {
    const drift = persistence * (pastSum / MEMORY);
    const change = drift + volatility * normal();
    pastSum += change - (past[at % MEMORY] as number);
    past[at % MEMORY] = change;
    const close = price * Math.exp(change);
    // Up and down are alike: a walk that reaches further up would have an edge of its own at its barriers.
    const wicks = 0.75 * volatility * Math.abs(normal());
    const upper = wicks * random();
    bars.time[at] = (at + 1) * intervalMs;
    bars.open[at] = price;
    bars.close[at] = close;
    bars.high[at] = Math.max(price, close) * Math.exp(upper);
    bars.low[at] = Math.min(price, close) * Math.exp(upper - wicks);
    bars.volume[at] = Math.round(1000 * Math.exp(0.5 * normal()));
    price = close;
  }
  return bars;
}
