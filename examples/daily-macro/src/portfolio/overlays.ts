import type { Regime, RegimeLabel } from '../agents/regime.ts';
import { regimeLabel } from '../agents/regime.ts';
import { element } from '../base/element.ts';
import { mean } from '../base/statistics.ts';
import type { Contribution } from './net-positions.ts';

const MINIMUM_CONVICTION = 0.1;
/** What is left of a position in a class on which the agents disagree. */
export const CONFLICT_DAMPING = 0.6;

const regimeScales: Readonly<Record<RegimeLabel, number>> = {
  'risk-on': 1,
  neutral: 0.7,
  'risk-off': 0.4,
};

/** Mean of confidence x strength over the strategies behind a position, at least .1. */
export function convictionOf(contributions: readonly Contribution[]): number {
  if (contributions.length === 0) return MINIMUM_CONVICTION;
  return Math.max(MINIMUM_CONVICTION, mean(contributions.map(({ conviction }) => conviction)));
}

/** Weights times convictions, summing to 1 again. */
export function overlayConviction(
  weights: readonly number[],
  convictions: readonly number[],
): number[] {
  const tilted = weights.map((weight, i) => weight * element(convictions, i));
  const total = tilted.reduce((sum, weight) => sum + weight, 0);
  return tilted.map((weight) => weight / total);
}

/** Mean of the scales of the last three weekdays: a new regime takes hold by thirds. */
export function rampedScale({ recent }: Pick<Regime, 'recent'>): number {
  return mean(recent.map(({ score }) => regimeScales[regimeLabel(score)]));
}
