import type { Samples } from '../validation/samples.ts';
import { fitBody, type ModelSpec } from './fit-body.ts';
import type { MetaModel } from './meta-model.ts';
import { modelOf } from './model-of.ts';

/**
 * Fits a model in this thread, which does nothing else meanwhile; see `openTrainer` for others.
 * @param rows of the samples to learn from, rising; default all
 * @throws MillraceError TRAINING_ONE_CLASS, QUANT_ARGUMENT
 */
export function fitModel(samples: Samples, spec: ModelSpec, rows?: Int32Array): MetaModel {
  const all = rows ?? Int32Array.from(samples.labels.keys());
  return modelOf(fitBody(samples, all, spec));
}
