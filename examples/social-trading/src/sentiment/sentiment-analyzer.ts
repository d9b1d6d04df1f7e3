import type { Sentiment } from './sentiment.ts';

/** Reads texts. Further implementations are one class and one line in `open-analyzer.ts`. */
export interface SentimentAnalyzer {
  /** For people: which analyser runs, and in which version. */
  readonly name: string;
  /** Of sentences that it never saw: macro-F1 of three classes; null where nobody measured it. */
  readonly heldBackF1: number | null;
  /** @throws where it cannot answer; the message is then skipped */
  analyze(text: string, signal: AbortSignal): Sentiment | Promise<Sentiment>;
}
