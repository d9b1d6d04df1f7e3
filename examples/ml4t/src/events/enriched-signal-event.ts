import type { SignalEvent } from './signal-event.ts';

/** What the sizing of another system reads; its names are those of the wire. */
export interface MetaOutput {
  /** 0 to 1. */
  readonly confidence: number;
  /** 0 to 1. */
  readonly regime_weight: number;
  /** 0 to 1; null while it is unknown, which is never the same as 0. */
  readonly toxicity: number | null;
}

interface Enrichment {
  readonly event: SignalEvent;
  readonly metaConfidence: number;
  readonly regimeWeight: number;
  readonly toxicity: number | null;
  readonly latencyNs: bigint;
}

/** A signal with what the meta-model thinks of it. */
export class EnrichedSignalEvent implements Enrichment {
  readonly event: SignalEvent;
  /** Probability that the signal makes money, 0 to 1. */
  readonly metaConfidence: number;
  /** Share of the full size that the regime allows, 0 to 1. */
  readonly regimeWeight: number;
  /** VPIN, 0 to 1; null while it is unknown. */
  readonly toxicity: number | null;
  /** From the event's arrival to this answer. */
  readonly latencyNs: bigint;

  constructor({ event, metaConfidence, regimeWeight, toxicity, latencyNs }: Enrichment) {
    this.event = event;
    this.metaConfidence = metaConfidence;
    this.regimeWeight = regimeWeight;
    this.toxicity = toxicity;
    this.latencyNs = latencyNs;
  }

  toMetaOutput(): MetaOutput {
    return {
      confidence: this.metaConfidence,
      regime_weight: this.regimeWeight,
      toxicity: this.toxicity,
    };
  }
}
