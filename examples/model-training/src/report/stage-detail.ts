import type { Samples } from '@millrace/quant';
import { count, counted, decimal, percent } from '../base/figures.ts';
import type { Deployed } from '../deployment/deploy-model.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { Parts } from '../features/part-samples.ts';
import type { Quality } from '../market/check-bars.ts';
import type { Split } from '../market/split-days.ts';

// What stands in brackets behind a stage.

export function ingestionDetail({ kept, counts }: Quality, { days }: Split): string {
  const faults = Object.entries(counts).map(([kind, times]) => `${times} ${kind}`);
  const found = faults.length === 0 ? 'no faults' : faults.join(', ');
  return `${counted(kept, 'bar')}, ${days[0]} to ${days[3]}, ${found}`;
}

export function featureDetail({ features }: Samples, parts: Parts): string {
  const { train, validation, test, purged } = parts;
  const sizes = [train, validation, test].map(({ length }) => count(length)).join(' / ');
  return `${features.names.length} features, ${sizes} samples, ${purged} purged`;
}

export function evaluationDetail({ verdict, candidate, scores, strategy }: Evaluation): string {
  const accuracy = `accuracy ${percent(scores.accuracy)}, base rate ${percent(scores.baseRate)}`;
  return `${verdict}: ${candidate}, ${accuracy}, Sharpe ${decimal(strategy.sharpe)}`;
}

export function deploymentDetail({ id, isPromoted, inUse }: Deployed): string {
  if (isPromoted) return `${id} promoted`;
  const stays = inUse === null ? 'nothing is in use' : `version ${inUse} stays in use`;
  return `${id} kept, not promoted; ${stays}`;
}
