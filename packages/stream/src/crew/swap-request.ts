/** What takes the place of a stage. What is left out stays as it is. */
export interface StageSwap {
  /** A stage class that reads and writes the same keys. */
  readonly stage?: unknown;
  /** Its params, as in a config. */
  readonly with?: unknown;
  /** An instance that the caller has made; its class takes the place of the stage's. */
  readonly instance?: object;
}

/** What changes for all messages from one on. */
export interface SwapRequest {
  /** By the id of a stage of the pipeline, or of the intake. */
  readonly stages?: Readonly<Record<string, StageSwap>>;
  /** By their names, which were given when the stream was made. */
  readonly values?: Readonly<Record<string, unknown>>;
}
