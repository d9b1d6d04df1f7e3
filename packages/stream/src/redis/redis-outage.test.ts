import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { RedisServer } from '@millrace-internal/tools/redis-server';
import { RedisConnection } from './redis-connection.ts';
import type { RedisHealth } from './redis-health.ts';
import { RedisPubSubSink } from './redis-pub-sub-sink.ts';
import { RedisPubSubSource } from './redis-pub-sub-source.ts';
import { RedisStreamSink } from './redis-stream-sink.ts';
import { RedisStreamSource } from './redis-stream-source.ts';

let server: RedisServer;
let connection: RedisConnection;
const stream = 'signals';

beforeEach(async () => {
  server = await RedisServer.start();
  connection = new RedisConnection({
    url: server.url,
    reconnectDelayMs: 5,
    maxReconnectDelayMs: 20,
  });
});

afterEach(async () => {
  connection.close();
  await server.stop();
});

const one = (at: number) => [{ id: `m${at}`, value: at }];

test('a killed Redis is waited for: what was confirmed is read, once each', async () => {
  const key = `${stream}-${randomUUID()}`;
  const sink = new RedisStreamSink<number>({ connection, stream: key });
  const source = new RedisStreamSource<number>({
    connection,
    stream: key,
    group: 'readers',
    consumer: 'one',
    blockMs: 20,
  });
  const reading = new AbortController();
  const got: number[] = [];
  const read = (async () => {
    for await (const { id, value } of source.read(reading.signal)) {
      got.push(value);
      await untilDone(() => source.acknowledge([id]));
      if (got.length === 60) reading.abort();
    }
  })();
  for (let at = 0; at < 60; at++) {
    if (at % 20 === 10) await server.kill();
    const sent = untilDone(() => sink.send(one(at)));
    if (at % 20 === 10) await server.restart();
    await sent;
  }
  await read;
  expect(got).toEqual(Array.from({ length: 60 }, (_, at) => at));
  expect(source.pending).toBe(0);
});

test('a connection tells that it is lost, why, and that it is back', async () => {
  const seen: RedisHealth[] = [];
  connection.onChange((health) => seen.push(health));
  expect(await connection.isUp(60_000)).toBe(true);
  await server.kill();
  while (connection.health.state !== 'down') await nextTurn();
  expect(connection.health).toMatchObject({ state: 'down', reason: expect.any(String) });
  await server.restart();
  expect(await connection.isUp(60_000)).toBe(true);
  connection.close();
  expect(seen.map(({ state }) => state)).toEqual(['up', 'down', 'up', 'closed']);
});

test('who does not want to wait is told at once that nobody answers', async () => {
  await server.kill();
  const hasty = new RedisConnection({ url: server.url, waitMs: 0 });
  await expect(
    new RedisStreamSink({ connection: hasty, stream }).send(one(0)),
  ).rejects.toMatchObject({
    code: 'REDIS_UNREACHABLE',
    message: expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+: no answer/),
  });
  hasty.close();
});

test('a wait for Redis ends when its time is over', async () => {
  const clock = new VirtualClock();
  await server.kill();
  const patient = new RedisConnection({ url: server.url, waitMs: 10_000, clock });
  const asked = patient.call((client) => client.ping());
  const failed = expect(asked).rejects.toMatchObject({ code: 'REDIS_UNREACHABLE' });
  while (clock.pendingTimers === 0) await nextTurn();
  await clock.advance(10_000);
  await failed;
  patient.close();
});

test('a server that takes what it is asked and never answers counts as gone, and is tried anew', async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const asking = new RedisConnection({ url: server.url, replyTimeoutMs: 1_000, clock });
  asking.onChange(({ state }) => seen.push(state));
  await asking.call((client) => client.ping());
  const asked = asking.call((client) => client.blPop('empty', 0));
  const failed = expect(asked).rejects.toMatchObject({
    code: 'REDIS_UNREACHABLE',
    message: expect.stringContaining('no answer within 1000 ms'),
  });
  while (clock.pendingTimers === 0) await nextTurn();
  await clock.advance(1_000);
  await failed;
  expect(await asking.call((client) => client.ping(), { waitMs: 60_000 })).toBe('PONG');
  expect(seen).toEqual(['up', 'down', 'up']);
  asking.close();
});

test('a closed connection says so', async () => {
  connection.close();
  await expect(connection.call((client) => client.ping())).rejects.toMatchObject({
    code: 'REDIS_UNREACHABLE',
    message: expect.stringContaining('the connection is closed'),
  });
});

test('a subscription goes on after Redis was killed; what was published meanwhile is gone', async () => {
  const source = new RedisPubSubSource<number>({ connection, channel: 'news' });
  const sink = new RedisPubSubSink<number>({ connection, channel: 'news' });
  const reading = new AbortController();
  const messages = source.read(reading.signal);
  const first = messages.next();
  await published(sink, 1);
  expect((await first).value?.value).toBe(1);
  await server.kill();
  await server.restart();
  const second = messages.next();
  await published(sink, 2);
  expect((await second).value?.value).toBe(2);
  reading.abort();
  expect(await messages.next()).toEqual({ done: true, value: undefined });
});

test.each([
  ['not a url', 'a text that is no URL'],
  ['http://localhost:6379', 'one of http:'],
  ['redis://', 'one of redis:'],
])('the address %j is refused, and not repeated', (url, got) => {
  expect(() => new RedisConnection({ url })).toThrow(
    expect.objectContaining({
      code: 'REDIS_ADDRESS_INVALID',
      message: `expected the address of a Redis, got ${got}`,
    }),
  );
});

test('the address in messages has no credentials', () => {
  const { address } = new RedisConnection({ url: 'redis://user:secret@example.org/3' });
  expect(address).toBe('example.org:6379/3');
});

/** Said again where it was lost on its way: nothing is confirmed by a server that is being killed. */
async function untilDone(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      expect(error).toMatchObject({ code: 'REDIS_UNREACHABLE' });
    }
  }
}

/** Published until somebody has heard it. */
async function published(sink: RedisPubSubSink<number>, value: number): Promise<void> {
  for (;;) {
    const before = sink.unheard;
    try {
      await sink.send(one(value));
      if (sink.unheard === before) return;
    } catch (error) {
      expect(error).toMatchObject({ code: 'REDIS_UNREACHABLE' });
    }
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
