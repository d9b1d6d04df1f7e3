import { expect, test } from '@jest/globals';
import type { MessageSink, OutgoingMessage } from '@millrace/stream';
import type { EnrichedJson } from '../events/enriched-json.ts';
import type { Alert } from '../service/alert.ts';
import { BusHealth } from './bus-health.ts';
import { Publisher } from './publisher.ts';

/** A sink in this process that can be gone. */
class ListSink implements MessageSink<EnrichedJson> {
  readonly name = 'list';
  readonly got: string[] = [];
  isGone = false;
  /** Resolved by the next refusal. */
  refused = Promise.withResolvers<void>();

  async send(messages: readonly OutgoingMessage<EnrichedJson>[]): Promise<void> {
    if (this.isGone) {
      this.refused.resolve();
      throw new Error('gone');
    }
    this.got.push(...messages.map(({ id }) => id));
  }
}

const value: EnrichedJson = { kind: 'refused', instrumentId: 'X', reason: 'test', message: '' };

function publisherOn(sink: ListSink, capacity: number) {
  const alerts: Alert[] = [];
  const alert = (one: Alert) => void alerts.push(one);
  const backoff = { firstMs: 1, mostMs: 2 };
  const publisher = new Publisher({ sink, capacity, alert, health: new BusHealth(alert), backoff });
  return { publisher, alerts };
}

test('what a lost bus did not take is sent in its order once it is back, and told once', async () => {
  const sink = new ListSink();
  const { publisher, alerts } = publisherOn(sink, 1000);
  sink.isGone = true;
  const ids = Array.from({ length: 600 }, (_, at) => `m${at}`);
  const heard: string[] = [];
  for (const id of ids) publisher.publish({ id, value }, () => heard.push(id));
  await sink.refused.promise;
  expect(heard).toEqual([]);
  sink.isGone = false;
  await publisher.flushed();
  expect(sink.got).toEqual(ids);
  expect(heard).toEqual(ids);
  expect(alerts.map(({ kind }) => kind)).toEqual(['bus-lost', 'bus-back']);
});

test('beyond the capacity the oldest results of direct calls are given up, counted and told; those of the bus never', async () => {
  const sink = new ListSink();
  const { publisher, alerts } = publisherOn(sink, 3);
  sink.isGone = true;
  publisher.publish({ id: 'bus', value }, () => {});
  for (const id of ['a', 'b', 'c', 'd', 'e']) publisher.publish({ id, value });
  await sink.refused.promise;
  sink.isGone = false;
  await publisher.flushed();
  expect(sink.got).toEqual(['bus', 'c', 'd', 'e']);
  expect([publisher.dropped, publisher.published, publisher.waiting]).toEqual([2, 4, 0]);
  expect(alerts.filter(({ kind }) => kind === 'outbox-overflow')).toHaveLength(1);
});

test('a close ends it while the bus is gone', async () => {
  const sink = new ListSink();
  const { publisher } = publisherOn(sink, 3);
  sink.isGone = true;
  publisher.publish({ id: 'a', value });
  await sink.refused.promise;
  await publisher.close();
  expect(publisher.waiting).toBe(1);
});
