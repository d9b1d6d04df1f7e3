/** How the items of a mapped stage ended. */
export interface ItemCounts {
  readonly total: number;
  readonly failed: number;
  /** Done in an earlier attempt. */
  readonly kept: number;
}
