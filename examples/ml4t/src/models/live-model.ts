import type { MetaModel } from '@millrace/quant';

/** A model in use. Immutable: another one takes its place as a whole. */
export interface LiveModel {
  /** `name@version`. */
  readonly id: string;
  readonly version: number;
  readonly model: MetaModel;
  /** Share of outcomes that its validation got right; what the monitor holds it against. */
  readonly baseline: number;
  /** Of its training: `real` or `generated`, and the data. */
  readonly tags: readonly string[];
}
