import { setImmediate, setTimeout as sleepFor } from 'node:timers/promises';
import type { IncomingMessage, MessageSource } from '@millrace/stream';
import { messageOf } from '../base/message-of.ts';
import { encodeInference } from '../events/enriched-json.ts';
import type { Inference } from '../events/inference-result.ts';
import { decodeSignal } from '../events/signal-json.ts';
import type { EnrichmentService } from '../service/enrichment-service.ts';
import { Acknowledger } from './acknowledger.ts';
import { Backoff, type BackoffOptions } from './backoff.ts';
import type { BusHealth } from './bus-health.ts';
import type { Publisher } from './publisher.ts';

export interface BusParts {
  readonly service: Pick<EnrichmentService, 'enrich'>;
  readonly source: MessageSource;
  readonly publisher: Publisher;
  readonly health: BusHealth;
  readonly backoff?: BackoffOptions;
  /** Messages that may wait to be published before no more are read. Default 1,000. */
  readonly maxWaiting?: number;
}

/**
 * Reads signals, answers and publishes them, and acknowledges a signal only once its answer is published: a kill at any
 * moment loses none, and one that comes again is answered again under the same id. Ends with the source, or when
 * `signal` aborts. A lost source is read anew, with pauses.
 */
export async function serveBus(parts: BusParts, signal: AbortSignal): Promise<void> {
  const { source, publisher, health } = parts;
  const backoff = new Backoff(parts.backoff ?? { firstMs: 50, mostMs: 5000 });
  const acknowledger = new Acknowledger(source, signal);
  const waiting = new Set<string>();
  while (!signal.aborted) {
    try {
      for await (const message of source.read(signal)) {
        health.back(source.name);
        backoff.reset();
        await answer(message, parts, { waiting, acknowledger });
      }
      break;
    } catch (error) {
      if (signal.aborted) break;
      health.lost(source.name, messageOf(error));
      await sleepFor(backoff.next(), undefined, { signal }).catch(() => {});
    }
  }
  // What is answered goes out, unless nobody takes it: then it comes again.
  if (!health.isLost) await publisher.flushed();
  await acknowledger.flushed();
}

interface Pending {
  /** Ids whose answer waits to be published. */
  readonly waiting: Set<string>;
  readonly acknowledger: Acknowledger;
}

async function answer(
  { id, value }: IncomingMessage,
  { service, publisher, maxWaiting = 1000 }: BusParts,
  { waiting, acknowledger }: Pending,
): Promise<void> {
  // Given again while its answer is on the way.
  if (waiting.has(id) || acknowledger.has(id)) return;
  waiting.add(id);
  publisher.publish({ id, value: encodeInference(enrich(service, value)) }, () => {
    waiting.delete(id);
    acknowledger.add(id);
  });
  while (waiting.size >= maxWaiting) await setImmediate();
}

function enrich(service: BusParts['service'], value: unknown): Inference {
  const decoded = decodeSignal(value);
  return decoded.kind === 'signal' ? service.enrich(decoded.event) : decoded;
}
