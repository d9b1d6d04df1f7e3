import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import { StreamProcessor } from '../processor/stream-processor.ts';
import type { StreamEvent } from '../watch/stream-event.ts';
import { StreamStatusServer } from './stream-status-server.ts';

class Halve extends PipelineStage.of({
  inputs: z.object({ message: z.number() }),
  outputs: z.object({ half: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Halve>) {
    if (inputs.message % 2 === 1) throw new Error('odd <b>"');
    return { half: inputs.message / 2 };
  }
}

const clock = new VirtualClock();
let processor: StreamProcessor<number>;
let server: StreamStatusServer;

beforeEach(async () => {
  const pipeline = definePipeline({
    name: 'halves',
    inputs: ['message'],
    stages: { halve: { stage: Halve, critical: false } },
  });
  processor = new StreamProcessor({ pipeline, clock });
  server = await StreamStatusServer.start([processor], { clock });
  await processor.start();
});

afterEach(async () => {
  await processor.stop();
  await server.close();
});

const get = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(new URL(path, server.url), init);

test('the status has what the processor knows of itself', async () => {
  await processor.push({ id: 'a', value: 2 });
  await processor.push({ id: 'b', value: 3 });
  const [status] = (await (await get('/status')).json()) as [{ metrics: { counts: unknown } }];
  expect(status).toMatchObject({ name: 'halves', health: { status: 'degraded' } });
  expect(status.metrics.counts).toEqual(processor.counts);
});

test('health names the components that are not well, and answers 200 while the stream works in part', async () => {
  await processor.push({ id: 'b', value: 3 });
  const response = await get('/health');
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject([
    { name: 'halves', state: 'running', components: [{ status: 'degraded', name: 'halve' }] },
  ]);
});

test('health answers 503 for a stream that is down', async () => {
  const sick = await StreamStatusServer.start([
    {
      name: 'sick',
      metrics: processor.metrics,
      health: { state: 'running', status: 'down', components: [] },
      on: () => () => undefined,
    },
  ]);
  expect((await fetch(new URL('/health', sick.url))).status).toBe(503);
  await sick.close();
});

test('Prometheus gets each figure under a heading of its own, with texts escaped', async () => {
  await processor.push({ id: 'a', value: 2 });
  const response = await get('/metrics');
  expect(response.headers.get('content-type')).toContain('version=0.0.4');
  const text = await response.text();
  expect(text).toContain('# TYPE millrace_stream_messages_total counter\n');
  expect(text).toContain('millrace_stream_messages_total{stream="halves",status="done"} 1\n');
  expect(text).toContain('millrace_stream_latency_seconds_count{stream="halves"} 1\n');
  expect(text).toContain(
    'millrace_stream_component{stream="halves",kind="stage",component="halve",status="ok"} 1\n',
  );
  const families = text.match(/^# TYPE .*/gm) ?? [];
  expect(new Set(families).size).toBe(families.length);
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(?:# (?:HELP|TYPE) \w+ .+|\w+\{(?:\w+="(?:[^"\\\n]|\\.)*",?)+\} [\d.e-]+)$/,
    );
  }
});

test('a page that is open gets a snapshot at once and after each pause, and what happens between', async () => {
  const leaving = new AbortController();
  const { body } = await get('/events', { signal: leaving.signal });
  const texts = (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream());
  const told = eventsOf(texts);
  expect((await told.next()).value).toMatchObject({ type: 'snapshot', data: [{ name: 'halves' }] });
  await processor.push({ id: 'b', value: 3 });
  expect((await told.next()).value).toMatchObject({
    type: 'fact',
    data: { stream: 'halves', type: 'stage.degraded', stage: 'halve' },
  });
  await clock.advance(1_000);
  expect((await told.next()).value).toMatchObject({
    type: 'snapshot',
    data: [{ metrics: { counts: { received: 1 } } }],
  });
  leaving.abort();
});

test('the page runs no script but its own', async () => {
  const response = await get('/');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'/);
  expect(await response.text()).not.toMatch(/(?:src|href)=/);
});

test('whatever else is asked for is not there, and nothing can be changed', async () => {
  expect((await get('/nowhere')).status).toBe(404);
  expect((await get('/status', { method: 'POST', body: '{}' })).status).toBe(405);
  const head = await get('/status', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('a path that is no part of a URL is not there, and harms nobody', async () => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET // HTTP/1.1\r\nHost: local\r\nConnection: close\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1.1 404 /);
  expect((await get('/health?from=balancer')).status).toBe(200);
});

test('a page that does not read is left, and takes no memory for what it misses', async () => {
  const facts: ((event: StreamEvent) => void)[] = [];
  const loud = await StreamStatusServer.start([
    {
      name: 'loud',
      metrics: processor.metrics,
      health: processor.health,
      on: (listener) => {
        facts.push(listener);
        return () => undefined;
      },
    },
  ]);
  const socket = connect(Number(new URL(loud.url).port), '127.0.0.1');
  socket.write('GET /events HTTP/1.1\r\nHost: local\r\n\r\n');
  await once(socket, 'readable');
  const name = 'x'.repeat(100_000);
  const tell = (seq: number): void =>
    facts.forEach((listener) => void listener({ type: 'source.ended', name, seq, at: 0 }));
  for (let seq = 1; seq <= 1000; seq++) tell(seq);
  let bytes = 0;
  socket.on('data', (data: Buffer) => {
    bytes += data.length;
  });
  socket.on('error', () => undefined);
  await once(socket, 'close');
  expect(bytes).toBeLessThan(20_000_000);
  await loud.close();
});

interface Told {
  readonly type: string;
  readonly data: unknown;
}

async function* eventsOf(texts: ReadableStream<string>): AsyncGenerator<Told, void, undefined> {
  let rest = '';
  for await (const text of texts) {
    const blocks = `${rest}${text}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, type = '', data = 'null'] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      yield { type, data: JSON.parse(data) };
    }
  }
}
