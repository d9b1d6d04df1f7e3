/** Bounds of a plain copy, so that one log call cannot fill a disk or stop the event loop. */
export interface PlainLimits {
  /** Containers inside each other. Default 10. */
  readonly depth: number;
  /** Values in all, containers included. Default 2,000. */
  readonly values: number;
  /** Characters of one text. Default 16,384. */
  readonly textLength: number;
  /** Characters of all texts and keys together. Default 131,072. */
  readonly allText: number;
}

export const DEFAULT_LIMITS: PlainLimits = {
  depth: 10,
  values: 2_000,
  textLength: 16_384,
  allText: 131_072,
};
