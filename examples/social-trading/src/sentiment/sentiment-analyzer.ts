import type { Sentiment } from './sentiment.ts';

/** Macro-F1 of three classes, on the same held-back sentences. */
export interface HeldBack {
  readonly own: number;
  readonly lexicon: number;
  readonly alwaysNeutral: number;
}

/** Reads texts. Further implementations are one class and one line in `open-analyzer.ts`. */
export interface SentimentAnalyzer {
  /** For people: which analyser runs, and in which version. */
  readonly name: string;
  /** How good it is on sentences that it never saw; null where nobody measured it. */
  readonly heldBack: HeldBack | null;
  /** @throws where it cannot answer; the message is then skipped */
  analyze(text: string, signal: AbortSignal): Sentiment | Promise<Sentiment>;
}
