import { z } from '../base/schema.ts';
import { FeatureSpace, Featurizer } from './feature-space.ts';
import { DIRECTIONS, type Sentiment } from './sentiment.ts';
import { SoftmaxWeights, softmax } from './softmax-regression.ts';

/** All that a trained analyser knows, as plain data. */
export const SentimentModel = z.object({ space: FeatureSpace, weights: SoftmaxWeights }).readonly();
export type SentimentModel = z.infer<typeof SentimentModel>;

/** Reads texts by a model; made once, since it indexes the terms. */
export function sentimentReader({ space, weights }: SentimentModel): (text: string) => Sentiment {
  const featurizer = new Featurizer(space);
  return (text) => {
    const [bearish = 0, neutral = 0, bullish = 0] = softmax(featurizer.row(text), weights);
    const shares = [bearish, neutral, bullish];
    const confidence = Math.max(...shares);
    const direction = DIRECTIONS[shares.indexOf(confidence)] ?? 'neutral';
    // What is neutral is as much the one as the other.
    return { direction, sentiment: Math.min(1, bullish + neutral / 2), confidence };
  };
}
