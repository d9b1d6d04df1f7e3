import { strengthFactor } from '../strategies/size-idea.ts';
import { proposalsOf, type StrategyReport } from '../strategies/strategy-report.ts';

/** What one strategy puts into a net position. */
export interface Contribution {
  readonly strategy: string;
  readonly weight: number;
  /** Confidence x strength factor. */
  readonly conviction: number;
}

export interface NetPosition {
  readonly instrument: string;
  /** Sum of all strategies' weights, signed. */
  readonly net: number;
  /** The strategies on the side of the net, in roster order. */
  readonly contributions: readonly Contribution[];
}

/** Nets below this share of equity are nothing. */
const SMALLEST_NET = 1e-6;

function contributionsTo(reports: readonly StrategyReport[], instrument: string): Contribution[] {
  return reports.flatMap((report) => {
    return proposalsOf(report)
      .filter((proposal) => proposal.instrument === instrument && proposal.weight !== 0)
      .map(({ weight, confidence, strength }) => {
        return {
          strategy: report.strategy,
          weight,
          conviction: confidence * strengthFactor[strength],
        };
      });
  });
}

/** One net position for each instrument that the strategies do not cancel out, in order of first mention. */
export function netPositions(reports: readonly StrategyReport[]): NetPosition[] {
  const mentioned = new Set(reports.flatMap(proposalsOf).map(({ instrument }) => instrument));
  return [...mentioned].flatMap((instrument) => {
    const all = contributionsTo(reports, instrument);
    const net = all.reduce((sum, { weight }) => sum + weight, 0);
    if (Math.abs(net) < SMALLEST_NET) return [];
    return [{ instrument, net, contributions: all.filter(({ weight }) => weight * net > 0) }];
  });
}
