import { fitModel, generateBars, type MetaModel } from '@millrace/quant';
import { defaultSettings, type Settings } from '../config/settings.ts';
import type { LiveModel } from '../models/live-model.ts';
import { samplesOfBars } from '../train/samples-of-bars.ts';

/** A small model that was really fitted to GENERATED bars with an edge; other seeds give other models. */
export function smallModel(seed: number, settings: Settings = defaultSettings()): MetaModel {
  const bars = generateBars({ count: 2500, seed, persistence: 0.7 });
  const spec = { kind: 'boosted-trees', rounds: 15, leaves: 6, minRows: 40, tailShare: 0 } as const;
  return fitModel(samplesOfBars(bars, settings), spec);
}

export function smallLiveModel(seed: number, version = seed): LiveModel {
  return { id: `test@${version}`, version, model: smallModel(seed), baseline: 0.6, tags: [] };
}
