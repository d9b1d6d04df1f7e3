import type { Regime } from '../agents/regime.ts';
import { signOf } from '../agents/signal.ts';
import type { ClassView } from '../aggregate/class-view.ts';
import { type Day, isoOf } from '../base/calendar.ts';
import { element } from '../base/element.ts';
import type { Book } from '../book/book.ts';
import { markToMarket } from '../book/mark-to-market.ts';
import type { Tables } from '../data/series-table.ts';
import { instrumentOf } from '../market/instrument.ts';
import { marketDay } from '../market/live-instruments.ts';
import { periods, returnTable } from '../market/return-table.ts';
import { LEVERAGE_CAP } from '../strategies/leverage-cap.ts';
import type { StrategyRound } from '../strategies/strategy-report.ts';
import { clampWeights, grossOf, type Weights } from './clamp-weights.ts';
import { type Contribution, type NetPosition, netPositions } from './net-positions.ts';
import { CONFLICT_DAMPING, convictionOf, overlayConviction, rampedScale } from './overlays.ts';
import type { Portfolio, Target } from './portfolio.ts';
import { rebalance } from './rebalance.ts';
import {
  equalRiskWeights,
  equalWeights,
  MINIMUM_OBSERVATIONS,
  withMinimum,
} from './risk-parity.ts';
import { shrunkCovariance } from './shrunk-covariance.ts';

/** Daily returns behind the covariance: one year. */
const COVARIANCE_DAYS = 252;

export interface PortfolioInput {
  readonly tables: Tables;
  readonly asOf: Day;
  readonly views: readonly ClassView[];
  readonly regime: Regime;
  readonly round: StrategyRound;
  readonly book: Book;
}

interface RiskShares {
  readonly method: Portfolio['method'];
  readonly observations: number;
  readonly shrinkage: number | null;
  readonly shares: readonly number[];
}

/** Risk parity when there are 60 common observations, else equal shares. */
function riskShares(nets: readonly NetPosition[], tables: Tables): RiskShares {
  const table = returnTable(
    tables,
    nets.map(({ instrument }) => instrument),
    COVARIANCE_DAYS,
  );
  const observations = periods(table);
  if (observations < MINIMUM_OBSERVATIONS) {
    return { method: 'equal', observations, shrinkage: null, shares: equalWeights(nets.length) };
  }
  const { covariance, shrinkage } = shrunkCovariance(table.columns);
  const equalRisk = equalRiskWeights(
    covariance,
    nets.map(({ net }) => signOf(net)),
  );
  return { method: 'risk-parity', observations, shrinkage, shares: withMinimum(equalRisk) };
}

function attributionOf(contributions: readonly Contribution[]): Record<string, number> {
  const total = contributions.reduce((sum, { weight }) => sum + weight, 0);
  return Object.fromEntries(
    contributions.map(({ strategy, weight }) => [strategy, weight / total]),
  );
}

/** Risk shares, tilted by conviction, spread over the strategies' gross; damped, scaled by regime and clamped. */
function targetsOf(
  input: PortfolioInput,
  nets: readonly NetPosition[],
  shares: readonly number[],
): Target[] {
  const gross = Math.min(
    LEVERAGE_CAP,
    nets.reduce((sum, { net }) => sum + Math.abs(net), 0),
  );
  const convictions = nets.map(({ contributions }) => convictionOf(contributions));
  const tilted = overlayConviction(shares, convictions);
  const scale = rampedScale(input.regime);
  const conflicted = nets.map(({ instrument }) => {
    const { assetClass } = instrumentOf(instrument);
    return input.views.some((view) => view.assetClass === assetClass && view.conflicts.length > 0);
  });
  const raw: Weights = Object.fromEntries(
    nets.map(({ instrument, net }, i) => {
      const damping = element(conflicted, i) ? CONFLICT_DAMPING : 1;
      return [instrument, signOf(net) * element(tilted, i) * gross * damping * scale];
    }),
  );
  const clamped = clampWeights(raw);
  return nets.map(({ instrument, net, contributions }, i) => ({
    instrument,
    assetClass: instrumentOf(instrument).assetClass,
    net,
    riskShare: element(shares, i),
    conviction: element(convictions, i),
    conflicted: element(conflicted, i),
    target: clamped[instrument] ?? 0,
    attribution: attributionOf(contributions),
  }));
}

/** From the strategies' proposals to trades: the whole of the portfolio stage. */
export function buildPortfolio(input: PortfolioInput): Portfolio {
  const { tables, asOf, book, round, regime } = input;
  const mark = markToMarket(book, tables, asOf);
  const nets = netPositions(round.reports);
  const { method, observations, shrinkage, shares } = riskShares(nets, tables);
  const targets = nets.length === 0 ? [] : targetsOf(input, nets, shares);
  const wanted = Object.fromEntries(targets.map(({ instrument, target }) => [instrument, target]));
  const { trades, drift, weights } = rebalance(mark.weights, wanted, mark.equityDollars);
  const priced = marketDay(tables, asOf);
  return {
    method,
    observations,
    shrinkage,
    regimeScale: rampedScale(regime),
    targets,
    drift,
    trades,
    weights: { ...weights },
    leverage: grossOf(weights),
    priced: priced === undefined ? null : isoOf(priced),
    mark,
  };
}
