import type { Day } from '../base/calendar.ts';
import { instrumentOf } from '../market/instrument.ts';
import { isLive } from '../market/live-instruments.ts';
import { CurrencyTrend } from './currency-trend.ts';
import { Curve } from './curve.ts';
import { Dollar } from './dollar.ts';
import { Duration } from './duration.ts';
import { EquityTrend } from './equity-trend.ts';
import { EquityView } from './equity-view.ts';
import { InflationHedge } from './inflation-hedge.ts';
import { LEVERAGE_CAP } from './leverage-cap.ts';
import { MetalsTrend } from './metals-trend.ts';
import { sizeIdea } from './size-idea.ts';
import type { MarketView, Strategy } from './strategy.ts';
import { proposalsOf, type StrategyReport, type StrategyRound } from './strategy-report.ts';

/** Weights that each strategy ended the last run with, by strategy and instrument. */
export type PriorWeights = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const strategyRoster: readonly Strategy[] = [
  new Duration(),
  new Curve(),
  new CurrencyTrend(),
  new Dollar(),
  new EquityTrend(),
  new EquityView(),
  new MetalsTrend(),
  new InflationHedge(),
];

function runStrategy(
  strategy: Strategy,
  view: MarketView,
  asOf: Day,
  prior: Readonly<Record<string, number>>,
): StrategyReport {
  try {
    const ideas = strategy.ideas(view);
    const priced = ideas.filter(({ instrument }) => {
      return isLive(instrumentOf(instrument), view.tables, asOf);
    });
    return {
      status: 'proposed',
      strategy: strategy.id,
      proposals: priced.map((idea) =>
        sizeIdea(idea, strategy.maxSize, prior[idea.instrument] ?? 0),
      ),
      unpriced: ideas.filter((idea) => !priced.includes(idea)).map(({ instrument }) => instrument),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { status: 'skipped', strategy: strategy.id, reason };
  }
}

function scaled(report: StrategyReport, scale: number): StrategyReport {
  if (report.status === 'skipped' || scale === 1) return report;
  const proposals = report.proposals.map((p) => ({ ...p, weight: p.weight * scale }));
  return { ...report, proposals };
}

/** All strategies; one that fails is skipped and recorded. Their weights together stay within the leverage cap. */
export function runStrategies(
  view: MarketView,
  asOf: Day,
  prior: PriorWeights = {},
  roster: readonly Strategy[] = strategyRoster,
): StrategyRound {
  const reports = roster.map((strategy) =>
    runStrategy(strategy, view, asOf, prior[strategy.id] ?? {}),
  );
  const weights = reports.flatMap(proposalsOf).map(({ weight }) => Math.abs(weight));
  const grossProposed = weights.reduce((sum, weight) => sum + weight, 0);
  const scale = grossProposed > LEVERAGE_CAP ? LEVERAGE_CAP / grossProposed : 1;
  return { reports: reports.map((report) => scaled(report, scale)), grossProposed, scale };
}

/** Why there is nothing to hold, or undefined when at least one idea has a current price. */
export function nothingPricedReason({ reports }: StrategyRound): string | undefined {
  if (reports.flatMap(proposalsOf).length > 0) return undefined;
  const skipped = reports.flatMap((report) => (report.status === 'skipped' ? [report.reason] : []));
  const because = skipped[0] ?? 'every instrument is without a current price';
  return `no strategy has an idea that can be priced: ${because}`;
}
