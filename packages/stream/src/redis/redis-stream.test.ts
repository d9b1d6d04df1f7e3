import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { RedisServer } from '@millrace-internal/tools/redis-server';
import { readSome } from '../testing-local/read-some.ts';
import { RedisConnection } from './redis-connection.ts';
import { RedisStreamSink } from './redis-stream-sink.ts';
import { RedisStreamSource, type RedisStreamSourceOptions } from './redis-stream-source.ts';

let server: RedisServer;
let connection: RedisConnection;
let stream: string;

beforeAll(async () => {
  server = await RedisServer.start();
});

afterAll(() => server.stop());

beforeEach(() => {
  stream = `signals-${randomUUID()}`;
  connection = new RedisConnection({ url: server.url, reconnectDelayMs: 5 });
});

afterEach(async () => {
  await connection.call((client) => client.del([stream, `${stream}:invalid`]));
  connection.close();
});

const sourceOf = (options: Partial<RedisStreamSourceOptions<unknown>> = {}): RedisStreamSource =>
  new RedisStreamSource({
    connection,
    stream,
    group: 'readers',
    consumer: 'one',
    blockMs: 20,
    ...options,
  });

const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `m${from + at}`, value: { at: from + at } }));

test('what a sink adds, a source gives, in its order and with its ids', async () => {
  await new RedisStreamSink({ connection, stream }).send(numbered(0, 250));
  expect(await readSome(sourceOf(), 250)).toEqual(numbered(0, 250));
});

test('a source waits for what comes later', async () => {
  const reading = readSome(sourceOf(), 2);
  const sink = new RedisStreamSink({ connection, stream });
  await sink.send(numbered(0, 1));
  await sink.send(numbered(1, 1));
  expect(await reading).toEqual(numbered(0, 2));
});

test('what was not acknowledged comes again to the same consumer, what was does not', async () => {
  await new RedisStreamSink({ connection, stream }).send(numbered(0, 5));
  const source = sourceOf();
  await readSome(source, 4);
  await source.acknowledge(['m0', 'm2']);
  expect(source.pending).toBe(2);
  expect((await readSome(sourceOf(), 3)).map(({ id }) => id)).toEqual(['m1', 'm3', 'm4']);
});

test('each message goes to one consumer of a group, and to every group', async () => {
  await new RedisStreamSink({ connection, stream }).send(numbered(0, 4));
  const first = await readSome(sourceOf({ batch: 2 }), 2);
  const second = await readSome(sourceOf({ consumer: 'two' }), 2);
  expect([...first, ...second]).toEqual(numbered(0, 4));
  expect(await readSome(sourceOf({ group: 'others' }), 4)).toEqual(numbered(0, 4));
});

test('what another consumer left lying is taken over', async () => {
  await new RedisStreamSink({ connection, stream }).send(numbered(0, 3));
  await readSome(sourceOf({ consumer: 'gone' }), 3);
  expect(await readSome(sourceOf({ claimIdleMs: 0 }), 3)).toEqual(numbered(0, 3));
});

test('a group that begins now does not get what was there before', async () => {
  const sink = new RedisStreamSink({ connection, stream });
  await sink.send(numbered(0, 3));
  const source = sourceOf({ from: 'now' });
  const reading = readSome(source, 1);
  await untilGroup();
  await sink.send(numbered(3, 1));
  expect(await reading).toEqual(numbered(3, 1));
});

test('a message sent again under its id is there once, where the sink is told to see to it', async () => {
  const sink = new RedisStreamSink({ connection, stream, deduplicateForMs: 60_000 });
  await sink.send(numbered(0, 2));
  await sink.send(numbered(1, 2));
  expect(await connection.call((client) => client.xLen(stream))).toBe(3);
  const sender = new RedisStreamSink({ connection, stream });
  await sender.send(numbered(0, 1));
  expect(await connection.call((client) => client.xLen(stream))).toBe(4);
  await connection.call((client) =>
    client.del(['m0', 'm1', 'm2'].map((id) => `${stream}:sent:${id}`)),
  );
});

test('a message that came in two entries is acknowledged in both', async () => {
  const sink = new RedisStreamSink({ connection, stream });
  await sink.send(numbered(0, 1));
  await sink.send(numbered(0, 1));
  const source = sourceOf();
  expect(await readSome(source, 2)).toEqual([...numbered(0, 1), ...numbered(0, 1)]);
  await source.acknowledge(['m0']);
  const { pending } = await connection.call((client) => client.xPending(stream, 'readers'));
  expect(pending).toBe(0);
});

test('an entry that is no message is set aside with its reason, and the next one is read', async () => {
  const reasons: string[] = [];
  await connection.call((client) => client.xAdd(stream, '*', { text: 'hello' }));
  await connection.call((client) => client.xAdd(stream, '*', { id: 'm0', message: '{"at":' }));
  await new RedisStreamSink({ connection, stream }).send(numbered(1, 1));
  const source = sourceOf({ onInvalid: ({ code, message }) => reasons.push(`${code} ${message}`) });
  expect(await readSome(source, 1)).toEqual(numbered(1, 1));
  expect(reasons).toEqual([
    expect.stringMatching(/^REDIS_MESSAGE_INVALID entry \d+-\d+ of .* it has no field "message"$/),
    expect.stringMatching(/^REDIS_MESSAGE_INVALID entry \d+-\d+ of .* JSON/),
  ]);
  const aside = await connection.call((client) => client.xRange(`${stream}:invalid`, '-', '+'));
  expect(aside?.map(({ message }) => message.text ?? message.message)).toEqual(['hello', '{"at":']);
  const { pending } = await connection.call((client) => client.xPending(stream, 'readers'));
  expect(pending).toBe(1);
});

test('an entry that was cut from the stream before it was read is told of', async () => {
  const reasons: string[] = [];
  const sink = new RedisStreamSink({ connection, stream });
  await sink.send(numbered(0, 2));
  await readSome(sourceOf(), 2);
  await connection.call((client) => client.xTrim(stream, 'MAXLEN', 0));
  await sink.send(numbered(2, 1));
  const source = sourceOf({ onInvalid: ({ message }) => reasons.push(message) });
  expect(await readSome(source, 1)).toEqual(numbered(2, 1));
  expect(reasons).toHaveLength(2);
  expect(reasons[0]).toContain('was cut from the stream before it was read');
});

test('acknowledged entries are removed where the source is told to', async () => {
  await new RedisStreamSink({ connection, stream }).send(numbered(0, 3));
  const source = sourceOf({ removeAcknowledged: true });
  await readSome(source, 3);
  await source.acknowledge(['m0', 'm1']);
  expect(await connection.call((client) => client.xLen(stream))).toBe(1);
});

test('a key that holds something else is an error that says so', async () => {
  await connection.call((client) => client.set(stream, 'text'));
  await expect(readSome(sourceOf(), 1)).rejects.toMatchObject({
    code: 'REDIS_REFUSED',
    message: expect.stringContaining('WRONGTYPE'),
  });
  await expect(
    new RedisStreamSink({ connection, stream }).send(numbered(0, 1)),
  ).rejects.toMatchObject({ code: 'REDIS_REFUSED' });
});

test('a stream that is deleted while it is read is read again once it is there', async () => {
  const reading = new AbortController();
  const sink = new RedisStreamSink({ connection, stream });
  await sink.send(numbered(0, 1));
  const messages = sourceOf().read(reading.signal);
  await messages.next();
  await connection.call((client) => client.del(stream));
  await sink.send(numbered(1, 1));
  expect((await messages.next()).value).toEqual(numbered(1, 1)[0]);
  reading.abort();
  expect(await messages.next()).toEqual({ done: true, value: undefined });
});

async function untilGroup(): Promise<void> {
  for (;;) {
    const there = await connection.call((client) => client.exists(stream));
    const groups = there === 0 ? [] : await connection.call((client) => client.xInfoGroups(stream));
    if (groups.length > 0) return;
  }
}

test('what could not be added once is added when it is sent again, and says why it was not', async () => {
  await connection.call((client) => client.set(stream, 'text'));
  const sink = new RedisStreamSink({ connection, stream, deduplicateForMs: 60_000 });
  await expect(sink.send(numbered(0, 1))).rejects.toThrow('WRONGTYPE');
  await connection.call((client) => client.del(stream));
  await sink.send(numbered(0, 1));
  await sink.send(numbered(0, 1));
  expect(await connection.call((client) => client.xLen(stream))).toBe(1);
});

test('a reader whose connection is closed under it ends with an error, and so does the next one', async () => {
  const own = new RedisConnection({ url: server.url });
  const source = sourceOf({ connection: own });
  const { signal } = new AbortController();
  const reading = source.read(signal).next();
  await new RedisStreamSink({ connection, stream }).send(numbered(0, 1));
  expect((await reading).value).toMatchObject({ id: 'm0' });
  const waiting = readSome(source, 2);
  own.close();
  await expect(waiting).rejects.toMatchObject({ code: 'REDIS_UNREACHABLE' });
  await expect(readSome(source, 1)).rejects.toMatchObject({ code: 'REDIS_UNREACHABLE' });
});
