import { readModelFile } from './model-file.ts';
import type { Sentiment } from './sentiment.ts';
import type { SentimentAnalyzer } from './sentiment-analyzer.ts';
import { sentimentReader } from './sentiment-model.ts';

/** Reads texts with a model that `npm run train-analyzer` made. */
export class TrainedAnalyzer implements SentimentAnalyzer {
  readonly name: string;
  readonly heldBackF1: number;
  readonly #read: (text: string) => Sentiment;

  /** @throws SocialError MODEL_UNUSABLE */
  constructor(path: string) {
    const { version, judgement, model } = readModelFile(path);
    this.name = `trained model ${version}`;
    this.heldBackF1 = judgement.model.macroF1;
    this.#read = sentimentReader(model);
  }

  analyze(text: string): Sentiment {
    return this.#read(text);
  }
}
