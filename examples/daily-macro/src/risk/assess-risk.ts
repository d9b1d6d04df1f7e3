import { TRADING_DAYS_A_YEAR } from '../agents/realised-volatility.ts';
import { assetClasses } from '../aggregate/asset-class.ts';
import { element } from '../base/element.ts';
import type { Book } from '../book/book.ts';
import { type BreakerState, cutOf, stepBreaker } from '../book/breaker.ts';
import type { Tables } from '../data/series-table.ts';
import { returnTable, weightedReturns } from '../market/return-table.ts';
import { grossOf, scaleWeights, type Weights, weightsIn } from '../portfolio/clamp-weights.ts';
import type { Portfolio } from '../portfolio/portfolio.ts';
import { type Matrix, shrunkCovariance } from '../portfolio/shrunk-covariance.ts';
import { type LimitId, limitAlerts, riskLevel, useLimits } from './limits.ts';
import { simulateReturns } from './monte-carlo.ts';
import type { RiskReport } from './risk-report.ts';
import { stressTest } from './stress.ts';
import { historicalTail, parametricTail, sampleTail, type TailLoss } from './tail-loss.ts';

/** Daily returns behind VaR: two years. */
const HISTORY_DAYS = 504;
const DEFAULT_SEED = 20_000_515;

export interface RiskInput {
  readonly tables: Tables;
  readonly portfolio: Portfolio;
  readonly book: Book;
  readonly seed?: number;
}

interface BookRisk {
  readonly historical: TailLoss;
  readonly parametric: TailLoss;
  readonly monteCarlo: TailLoss;
  readonly volatility: number;
}

function variance(covariance: Matrix, weights: readonly number[]): number {
  return covariance.reduce((sum, row, i) => {
    const along = row.reduce((total, cell, j) => total + cell * element(weights, j), 0);
    return sum + element(weights, i) * along;
  }, 0);
}

/** Losses of the weights as they are, had they been held through the history of their instruments. */
function bookRisk(weights: Weights, tables: Tables, seed: number): BookRisk {
  const table = returnTable(tables, Object.keys(weights), HISTORY_DAYS);
  const returns = weightedReturns(table, weights);
  const parametric = parametricTail(returns);
  if (returns.length < 2) {
    return { historical: parametric, parametric, monteCarlo: parametric, volatility: 0 };
  }
  const { covariance } = shrunkCovariance(table.columns);
  const held = table.instruments.map((id) => weights[id] ?? 0);
  return {
    historical: historicalTail(returns),
    parametric,
    monteCarlo: sampleTail('monte-carlo', simulateReturns(covariance, held, seed)),
    volatility: Math.sqrt(variance(covariance, held) * TRADING_DAYS_A_YEAR),
  };
}

const largest = (values: Iterable<number>): number => Math.max(0, ...values);
const worstLoss = (gains: Readonly<Record<string, number>>): number => {
  return largest(Object.values(gains).map((gain) => -gain));
};

function limitValues(
  weights: Weights,
  { mark }: Portfolio,
  risk: BookRisk,
): Record<LimitId, number> {
  return {
    var95: largest([-risk.historical.var95]),
    var99: largest([-risk.historical.var99]),
    drawdown: mark.drawdown,
    leverage: grossOf(weights),
    position: largest(Object.values(weights).map(Math.abs)),
    class: largest(assetClasses.map((assetClass) => grossOf(weightsIn(weights, assetClass)))),
    'risk-budget': risk.volatility,
    'strategy-daily-loss': worstLoss(mark.lastDayByStrategy),
    'class-daily-loss': worstLoss(mark.lastDayByClass),
  };
}

function breakerAlert(breaker: BreakerState): string[] {
  if (breaker.state === 'calm') return [];
  return [`breaker level ${breaker.level} (${breaker.state}) cuts ${100 * cutOf(breaker)}%`];
}

/** The whole of the risk stage: breaker, final weights, tail losses, stress, limits, level. */
export function assessRisk({
  tables,
  portfolio,
  book,
  seed = DEFAULT_SEED,
}: RiskInput): RiskReport {
  const { mark } = portfolio;
  const breaker = stepBreaker(book.breaker, {
    equityDollars: mark.equityDollars,
    gainDollars: mark.equityDollars - book.equityDollars,
    days: mark.days,
  });
  const cut = cutOf(breaker);
  const weights = cut === 1 ? {} : scaleWeights(portfolio.weights, 1 - cut);
  const risk = bookRisk(weights, tables, seed);
  const limits = useLimits(limitValues(weights, portfolio, risk));
  return {
    level: riskLevel(limits, mark.drawdown),
    breaker,
    cut,
    weights: { ...weights },
    leverage: grossOf(weights),
    ...risk,
    seed,
    stress: stressTest(weights, tables),
    limits,
    drawdown: mark.drawdown,
    alerts: [...breakerAlert(breaker), ...limitAlerts(limits)],
  };
}
