import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ModelStore } from '@millrace/quant';
import { RedisServer } from '@millrace-internal/tools/redis-server';
import { defaultSettings } from '../config/settings.ts';
import { EnrichedJson } from '../events/enriched-json.ts';
import { encodeSignal } from '../events/signal-json.ts';
import type { Alert } from '../service/alert.ts';
import { EnrichmentService } from '../service/enrichment-service.ts';
import { signalsOf } from '../testing-local/signals.ts';
import { smallModel } from '../testing-local/small-model.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { BusHealth } from './bus-health.ts';
import { openRedisBus, openRedisClient } from './open-redis-bus.ts';
import { Publisher } from './publisher.ts';
import { serveBus } from './serve-bus.ts';

// A real Redis that is really killed: seconds on a busy machine.

const folder = useTemporaryFolder();
let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server.stop());

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

let streams = 0;

/** A service on a bus of its own, with a client at the other end. */
async function serveOn(mode: 'streams' | 'pubsub' = 'streams') {
  streams += 1;
  const channels = { signals: `signals-${streams}`, enriched: `enriched-${streams}` };
  const settings = defaultSettings({ redis: { url: server.url, mode, channels } });
  const store = new ModelStore(folder());
  const about = { lineage: { runId: 'test', data: 'generated' }, properties: { accuracy: 0.6 } };
  await store.promote('test', (await store.save('test', smallModel(1), about)).version);
  const alerts: Alert[] = [];
  const alert = (one: Alert) => void alerts.push(one);
  const service = new EnrichmentService({ settings, store, name: 'test', alert });
  await service.refreshModel();
  const { redis } = settings;
  const health = new BusHealth(alert);
  const bus = openRedisBus(redis, health);
  const client = openRedisClient(redis, new BusHealth(() => {}), 'test');
  const backoff = { firstMs: 5, mostMs: 20 };
  const publisher = new Publisher({ sink: bus.sink, capacity: 100, alert, health, backoff });
  const stop = new AbortController();
  const serving = serveBus(
    { service, source: bus.source, publisher, health, backoff },
    stop.signal,
  );
  const answers = client.source.read(stop.signal)[Symbol.asyncIterator]();
  const end = async () => {
    stop.abort();
    await serving;
  };
  closing.push(async () => {
    await end();
    await publisher.close();
    bus.close();
    client.close();
    await service.close();
  });
  const next = async (count: number) => {
    const found: { readonly id: string; readonly value: EnrichedJson }[] = [];
    while (found.length < count) {
      const { value, done } = await answers.next();
      if (done === true) break;
      found.push({ id: value.id, value: EnrichedJson.parse(value.value) });
    }
    return found;
  };
  return { service, publisher, alerts, client, bus, next, store, end };
}

const messagesOf = (count: number, options?: Parameters<typeof signalsOf>[1]) =>
  signalsOf(99 + count, options).map((event, at) => ({ id: `s${at}`, value: encodeSignal(event) }));

test('each signal of a stream is answered once, in order and under its id, and acknowledged', async () => {
  const { client, next, bus, service, end } = await serveOn();
  const messages = messagesOf(500);
  await client.sink.send(messages);
  const answers = await next(500);
  expect(answers.map(({ id }) => id)).toEqual(messages.map(({ id }) => id));
  expect(
    answers.every(({ value }) => value.kind === 'enriched' && value.modelId === 'test@1'),
  ).toBe(true);
  expect(service.counts.enriched).toBe(500);
  await end();
  expect(Reflect.get(bus.source, 'pending')).toBe(0);
});

test('what is no signal is answered with the reason, and the next one is served', async () => {
  const { client, next } = await serveOn();
  const [good] = messagesOf(1);
  if (good === undefined) throw new Error('no signal');
  await client.sink.send([{ id: 'bad', value: { ...good.value, instrumentId: '' } }, good]);
  const [bad, after] = await next(2);
  expect(bad).toMatchObject({ id: 'bad', value: { kind: 'refused', reason: 'not-a-signal' } });
  expect(after).toMatchObject({ id: 's0', value: { kind: 'enriched' } });
});

test('a Redis that is killed and comes back costs no signal, no answer is there twice, direct calls go on', async () => {
  const { client, next, service, publisher, alerts } = await serveOn();
  const messages = messagesOf(600);
  await client.sink.send(messages.slice(0, 300));
  const first = await next(120);
  await server.kill();
  const [direct] = signalsOf(100, { instrumentId: 'DIRECT' });
  const answer = direct && service.enrich(direct);
  expect(answer).toMatchObject({ kind: 'enriched', modelId: 'test@1' });
  publisher.publish({ id: 'direct', value: first[0]?.value as EnrichedJson });
  await server.restart();
  await client.sink.send(messages.slice(300));
  const rest = await next(481);
  const ids = [...first, ...rest].map(({ id }) => id);
  expect(ids.filter((id) => id !== 'direct').sort()).toEqual(messages.map(({ id }) => id).sort());
  expect(ids).toContain('direct');
  expect(alerts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['bus-lost', 'bus-back']));
});

test('a model that another process promotes takes over between two signals, each answered by one', async () => {
  const { client, next, service, store } = await serveOn();
  const messages = messagesOf(1000);
  await client.sink.send(messages.slice(0, 500));
  const before = await next(500);
  const about = { lineage: { runId: 'test', data: 'generated' }, properties: { accuracy: 0.6 } };
  await store.promote('test', (await store.save('test', smallModel(2), about)).version);
  await service.refreshModel();
  await client.sink.send(messages.slice(500));
  const named = [...before, ...(await next(500))].map(
    ({ value }) => value.kind === 'enriched' && value.modelId,
  );
  expect(named).toEqual([...new Array(500).fill('test@1'), ...new Array(500).fill('test@2')]);
});

test('over channels signals are answered as long as both ends listen', async () => {
  const { client, next, bus } = await serveOn('pubsub');
  const answered = next(20);
  let isAnswered = false;
  void answered.then(() => {
    isAnswered = true;
  });
  // Nobody hears what is published before both ends have subscribed.
  while (!isAnswered) await client.sink.send(messagesOf(20));
  expect((await answered).map(({ value }) => value.kind)).toEqual(new Array(20).fill('enriched'));
  expect(bus.source.acknowledge).toBeUndefined();
});
