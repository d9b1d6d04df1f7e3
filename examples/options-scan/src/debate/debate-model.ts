import type { Finalist } from './finalist.ts';

export type Voice = 'bull' | 'bear' | 'risk';

/** What was said so far. */
export interface Said {
  readonly voice: Voice;
  readonly text: string;
}

export interface Question {
  readonly voice: Voice;
  readonly finalist: Finalist;
  /** What this voice has heard: nothing for the bull, the bull for the bear, both for the risk. */
  readonly heard: readonly Said[];
  /** The answer before, and what was wrong with it. */
  readonly correction?: { readonly answer: string; readonly error: string };
}

/** Whoever argues. */
export interface DebateModel {
  /** How the result names it. */
  readonly name: string;
  /** Resolves when it can be asked. @throws ScanError MODEL_UNAVAILABLE */
  check(signal: AbortSignal): Promise<void>;
  /**
   * One answer: an argument in words of bull and bear, a thesis as JSON of the risk.
   * @throws ScanError MODEL_UNAVAILABLE
   */
  ask(question: Question, signal: AbortSignal): Promise<string>;
}
