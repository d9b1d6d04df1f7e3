import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RedisServer } from '@millrace-internal/tools/redis-server';
import { RedisConnection } from './redis-connection.ts';
import { RedisPubSubSink } from './redis-pub-sub-sink.ts';
import { RedisPubSubSource } from './redis-pub-sub-source.ts';

let server: RedisServer;
let connection: RedisConnection;

beforeAll(async () => {
  server = await RedisServer.start();
  connection = new RedisConnection({ url: server.url });
});

afterAll(async () => {
  connection.close();
  await server.stop();
});

test('who listens hears what is published, with an id of its own', async () => {
  const reasons: string[] = [];
  const source = new RedisPubSubSource<{ at: number }>({
    connection,
    channel: 'news',
    onInvalid: ({ message }) => reasons.push(message),
  });
  const sink = new RedisPubSubSink<{ at: number }>({ connection, channel: 'news' });
  const reading = new AbortController();
  const messages = source.read(reading.signal);
  const first = messages.next();
  await untilSubscribed('news');
  await connection.call((client) => client.publish('news', 'no json'));
  await sink.send([
    { id: 'a', value: { at: 1 } },
    { id: 'b', value: { at: 2 } },
  ]);
  const heard = [(await first).value, (await messages.next()).value];
  expect(heard.map((message) => message?.value)).toEqual([{ at: 1 }, { at: 2 }]);
  expect(new Set(heard.map((message) => message?.id)).size).toBe(2);
  expect(reasons).toEqual([expect.stringContaining('a text on the channel "news" is no message')]);
  expect(sink.unheard).toBe(0);
  reading.abort();
  expect((await messages.next()).done).toBe(true);
});

test('what nobody hears is counted', async () => {
  const sink = new RedisPubSubSink({ connection, channel: 'silence' });
  await sink.send([{ id: 'a', value: 1 }]);
  expect(sink.unheard).toBe(1);
});

test('a slow reader loses the oldest, which are counted', async () => {
  const source = new RedisPubSubSource<number>({
    connection,
    channel: 'flood',
    capacity: 3,
    idOf: (value) => `v${value}`,
  });
  const reading = new AbortController();
  const messages = source.read(reading.signal);
  const first = messages.next();
  await untilSubscribed('flood');
  const sink = new RedisPubSubSink<number>({ connection, channel: 'flood' });
  const values = Array.from({ length: 11 }, (_, at) => at);
  await sink.send(values.slice(0, 1).map((value) => ({ id: '', value })));
  expect((await first).value).toEqual({ id: 'v0', value: 0 });
  await sink.send(values.slice(1).map((value) => ({ id: '', value })));
  // The answer to a publisher may overtake what the listener gets.
  while (source.dropped < 7) await new Promise((resolve) => setImmediate(resolve));
  expect((await messages.next()).value).toEqual({ id: 'v8', value: 8 });
  reading.abort();
});

async function untilSubscribed(channel: string): Promise<void> {
  for (;;) {
    const counts = await connection.call((client) => client.pubSubNumSub([channel]));
    if ((counts[channel] ?? 0) > 0) return;
  }
}
