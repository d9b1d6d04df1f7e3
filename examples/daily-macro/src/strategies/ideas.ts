import { hasAnswered } from '../agents/agent-report.ts';
import { WINDOW } from '../agents/measure-line.ts';
import { confidenceOf, type Direction, type Signal, signOf } from '../agents/signal.ts';
import type { AssetClass } from '../aggregate/asset-class.ts';
import type { ClassView } from '../aggregate/class-view.ts';
import { MacroError } from '../base/macro-error.ts';
import { logChange, zOfLast } from '../data/line.ts';
import { tableOf } from '../data/series-table.ts';
import { instrumentOf } from '../market/instrument.ts';
import type { Idea, MarketView } from './strategy.ts';

/** A net of this size gives a confidence of one half. */
const HALF_CONFIDENCE_NET = 0.2;
const TREND_DAYS = 63;

type Conviction = Pick<Idea, 'direction' | 'confidence'>;

export function viewOf({ views }: MarketView, assetClass: AssetClass): ClassView {
  const view = views.find((candidate) => candidate.assetClass === assetClass);
  if (view === undefined) throw new MacroError('VIEW_MISSING', `no view of ${assetClass}`);
  return view;
}

/** Direction of the stance; confidence |net| / (|net| + .2). */
export function convictionOf({ net, stance }: ClassView): Conviction {
  const confidence = Math.abs(net) / (Math.abs(net) + HALF_CONFIDENCE_NET);
  return { direction: stance === 'neutral' ? 0 : signOf(net), confidence };
}

/** Quarter-long price trend of an instrument against two years of its own history. */
export function trendOf({ tables }: MarketView, id: string): Conviction {
  const { series, pricing } = instrumentOf(id);
  const score = zOfLast(logChange(tableOf(tables, series), TREND_DAYS), WINDOW.daily) ?? 0;
  const direction = signOf(pricing.kind === 'price' ? score : -score);
  return { direction, confidence: confidenceOf(score) };
}

/** A signal by agent and id; undefined when the agent or the signal did not answer. */
export function signalOf({ reports }: MarketView, agent: string, id: string): Signal | undefined {
  const report = reports.filter(hasAnswered).find((candidate) => candidate.agent === agent);
  return report?.signals.find((signal) => signal.id === id);
}

/** The composite of an agent, along its axis; neutral when it did not answer. */
export function compositeConviction({ reports }: MarketView, agent: string): Conviction {
  const report = reports.filter(hasAnswered).find((candidate) => candidate.agent === agent);
  return report?.composite ?? { direction: 0, confidence: 0 };
}

export function opposite(direction: Direction): Direction {
  return signOf(-direction);
}
