import { lexiconBalance } from './lexicon.ts';
import type { Sentiment } from './sentiment.ts';
import type { HeldBack, SentimentAnalyzer } from './sentiment-analyzer.ts';
import { tokensOf } from './tokens.ts';

/** The share of the stronger side from which a text leans to it. */
const LEANS = 0.6;

/** Counts words of a lexicon. The fallback where there is no model: it needs nothing, and knows less. */
export class LexiconAnalyzer implements SentimentAnalyzer {
  readonly name = 'lexicon afinn-165-financialmarketnews 3.0.0 with market words';
  readonly heldBack: HeldBack | null;

  constructor(heldBack: HeldBack | null = null) {
    this.heldBack = heldBack;
  }

  analyze(text: string): Sentiment {
    const { good, bad } = lexiconBalance(tokensOf(text));
    // Two words more than there are, one of each side: a single word proves little.
    const sentiment = (good + 1) / (good + bad + 2);
    if (sentiment >= LEANS) return { direction: 'bullish', sentiment, confidence: sentiment };
    if (sentiment <= 1 - LEANS)
      return { direction: 'bearish', sentiment, confidence: 1 - sentiment };
    return { direction: 'neutral', sentiment, confidence: 1 - Math.abs(2 * sentiment - 1) };
  }
}
