/** An item of a mapped stage, as far as it tells its work from that of others. */
export interface WorkItem {
  readonly key: string;
  /** Identity of its content; empty when it has none. */
  readonly itemHash: string;
}
