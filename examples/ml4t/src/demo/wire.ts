import type { EnrichedJson } from '../events/enriched-json.ts';
import type { SignalEvent } from '../events/signal-event.ts';

/** How signals reach the service and answers come back. */
export interface Wire {
  readonly name: string;
  /** Signals to ask together. */
  readonly lot: number;
  /** Resolves once each has its answer, in the order of the events. */
  ask(events: readonly SignalEvent[]): Promise<readonly EnrichedJson[]>;
  close(): Promise<void>;
}
