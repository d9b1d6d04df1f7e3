import { randomUUID } from 'node:crypto';
import type { MessageSource } from '@millrace/stream';
import { BusHealth } from '../bus/bus-health.ts';
import { openRedisBus, openRedisClient } from '../bus/open-redis-bus.ts';
import { Publisher } from '../bus/publisher.ts';
import { serveBus } from '../bus/serve-bus.ts';
import type { Settings } from '../config/settings.ts';
import { EnrichedJson } from '../events/enriched-json.ts';
import { encodeSignal } from '../events/signal-json.ts';
import type { OnAlert } from '../service/alert.ts';
import type { EnrichmentService } from '../service/enrichment-service.ts';
import type { Wire } from './wire.ts';

interface WireParts {
  readonly service: Pick<EnrichmentService, 'enrich'>;
  readonly redis: Settings['redis'];
  readonly alert: OnAlert;
}

/** Both ends of a Redis: a service that answers signals there, and somebody who sends them and reads the answers. */
export function redisWire({ service, redis, alert }: WireParts): Wire {
  const health = new BusHealth(alert);
  // Streams of this demo's own, so that nothing of an earlier one is answered.
  const own = `${redis.channels.signals}:demo:${randomUUID()}`;
  const channels = { signals: own, enriched: `${own}:enriched` };
  const settings = { ...redis, channels };
  const bus = openRedisBus(settings, health);
  const client = openRedisClient(settings, health, 'demo');
  const publisher = new Publisher({ sink: bus.sink, capacity: 10_000, alert, health });
  const stop = new AbortController();
  const serving = serveBus({ service, source: bus.source, publisher, health }, stop.signal);
  const answers = client.source.read(stop.signal)[Symbol.asyncIterator]();
  return {
    name: `Redis ${redis.mode}`,
    lot: 200,
    ask: async (events) => {
      const ids = events.map((_, at) => `${randomUUID()}:${at}`);
      await client.sink.send(
        events.map((event, at) => ({ id: ids[at] as string, value: encodeSignal(event) })),
      );
      return readAnswers(answers, ids, client.source);
    },
    close: async () => {
      stop.abort();
      await Promise.all([serving, answers.return?.(undefined)]);
      await publisher.close();
      bus.close();
      client.close();
    },
  };
}

async function readAnswers(
  answers: AsyncIterator<{ readonly id: string; readonly value: unknown }>,
  ids: readonly string[],
  source: MessageSource,
): Promise<EnrichedJson[]> {
  const found = new Map<string, EnrichedJson>();
  while (found.size < ids.length) {
    const { value: message, done } = await answers.next();
    if (done === true) break;
    if (ids.includes(message.id)) found.set(message.id, EnrichedJson.parse(message.value));
  }
  await source.acknowledge?.([...found.keys()]);
  return ids.flatMap((id) => found.get(id) ?? []);
}
