/** A signal of which it is known what became of it. */
export interface Outcome {
  /** What the model saw, the side last. */
  readonly features: Float64Array;
  /** 1 if the side made money. */
  readonly label: 0 | 1;
  /** Ends of the bars at which it began and at which it was known, in milliseconds since 1970. */
  readonly beganMs: number;
  readonly knownMs: number;
  /** Confidence that was given, and by which model; null for the default. */
  readonly confidence: number;
  readonly modelId: string | null;
}

/** Whether the confidence was on the side of what came. */
export const isRight = ({ confidence, label }: Outcome): boolean =>
  confidence >= 0.5 === (label === 1);
