import { Featurizer, featureCount, learnFeatures } from '../sentiment/feature-space.ts';
import { DIRECTIONS } from '../sentiment/sentiment.ts';
import type { SentimentModel } from '../sentiment/sentiment-model.ts';
import { fitSoftmax, type SoftmaxOptions } from '../sentiment/softmax-regression.ts';
import type { Sentence } from './sentence.ts';

export type FitSettings = Pick<SoftmaxOptions, 'l2' | 'rounds'>;

/** The same sentences give the same model. */
export function fitSentimentModel(
  sentences: readonly Sentence[],
  settings: FitSettings = {},
): SentimentModel {
  const texts = sentences.map(({ text }) => text);
  const space = learnFeatures(texts);
  const featurizer = new Featurizer(space);
  const rows = texts.map((text) => featurizer.row(text));
  const labels = sentences.map(({ direction }) => DIRECTIONS.indexOf(direction));
  const shape = { features: featureCount(space), classes: DIRECTIONS.length };
  return { space, weights: fitSoftmax(rows, labels, { ...shape, ...settings }) };
}
