/** At most so many starts within any stretch of time of that length. */
export interface CallRateLimit {
  readonly calls: number;
  readonly perMs: number;
}

/** When a pool is closed to all because what it stands for does not answer. */
export interface BreakerDefinition {
  /** Failures in a row that open the circuit. */
  readonly failures: number;
  /** How long it stays open before one user tries again, milliseconds. */
  readonly resetMs: number;
  /** What users do meanwhile. */
  readonly onOpen: 'wait' | 'fail';
}

/** A named cap on what runs at the same time, and how often it starts. */
export interface LimitDefinition {
  readonly name: string;
  /** Slots; undefined: any number. */
  readonly concurrency: number | undefined;
  readonly rate: CallRateLimit | undefined;
  readonly breaker: BreakerDefinition | undefined;
}

/** A limit that a stage takes part in, and how many slots and calls of it one attempt takes. */
export interface LimitUse {
  readonly name: string;
  readonly cost: number;
}

/** The most that one attempt can take of a limit; undefined: any number. */
export function largestCost({ concurrency, rate }: LimitDefinition): number | undefined {
  if (concurrency === undefined) return rate?.calls;
  return rate === undefined ? concurrency : Math.min(concurrency, rate.calls);
}
