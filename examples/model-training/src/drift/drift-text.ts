import { decimal } from '../base/figures.ts';
import type { Drift } from './drift.ts';

const NAMED = 3;

/** `mean index 0.31, ALERT: volatility_20 1.20, ...`. */
export function driftText({ mean, isAlert, byFeature }: Drift): string {
  const worst = Object.entries(byFeature)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, NAMED)
    .map(([name, index]) => `${name} ${decimal(index)}`);
  const what = isAlert ? 'ALERT' : 'no alert';
  return `mean stability index ${decimal(mean, 3)}, ${what}; most: ${worst.join(', ')}`;
}
