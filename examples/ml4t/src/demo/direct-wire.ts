import { setImmediate } from 'node:timers/promises';
import { encodeInference } from '../events/enriched-json.ts';
import type { SignalEvent } from '../events/signal-event.ts';
import type { EnrichmentService } from '../service/enrichment-service.ts';
import type { Wire } from './wire.ts';

/** Direct calls; lets others run in between, as a service that waits for messages does. */
export function directWire(service: Pick<EnrichmentService, 'enrich'>): Wire {
  return {
    name: 'direct calls',
    lot: 50,
    ask: async (events: readonly SignalEvent[]) => {
      const answers = events.map((event) => encodeInference(service.enrich(event)));
      await setImmediate();
      return answers;
    },
    close: async () => {},
  };
}
