import { readModelFile } from './model-file.ts';
import type { Sentiment } from './sentiment.ts';
import type { HeldBack, SentimentAnalyzer } from './sentiment-analyzer.ts';
import { sentimentReader } from './sentiment-model.ts';

/** Reads texts with a model that `npm run train-analyzer` made. */
export class TrainedAnalyzer implements SentimentAnalyzer {
  readonly name: string;
  readonly heldBack: HeldBack;
  readonly #read: (text: string) => Sentiment;

  /** @throws SocialError MODEL_UNUSABLE */
  constructor(path: string) {
    const { version, judgement, model } = readModelFile(path);
    this.name = `trained model ${version}`;
    this.heldBack = {
      own: judgement.model.macroF1,
      lexicon: judgement.lexicon.macroF1,
      alwaysNeutral: judgement.alwaysNeutral.macroF1,
    };
    this.#read = sentimentReader(model);
  }

  analyze(text: string): Sentiment {
    return this.#read(text);
  }
}
