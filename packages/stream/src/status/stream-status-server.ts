import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CancelTimer, type Clock, systemClock } from '@millrace/core';
import type { StreamEvent } from '../watch/stream-event.ts';
import type { ObservedStream } from './observed-stream.ts';
import { prometheusText } from './prometheus-text.ts';
import { STATUS_PAGE, STATUS_PAGE_POLICY } from './status-page.ts';

export interface StatusServerOptions {
  /** 0: any free one. Default 0. */
  readonly port?: number;
  /** Default 127.0.0.1: only this machine may ask. */
  readonly host?: string;
  /** Milliseconds between two snapshots to a page that is open. Default 1,000. */
  readonly refreshMs?: number;
  readonly clock?: Clock;
}

/**
 * Shows streams over HTTP, and changes nothing: `/` is a page that stays up to date, `/health` and `/status` are JSON,
 * `/metrics` is for Prometheus, `/events` is what the page listens to. `/health` answers 503 while a stream is down.
 */
export class StreamStatusServer implements AsyncDisposable {
  /** Where the page is. */
  readonly url: string;
  readonly #streams: readonly ObservedStream[];
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #refreshMs: number;
  readonly #pages = new Set<ServerResponse>();
  readonly #leave: readonly (() => void)[];
  #cancelRefresh: CancelTimer = () => undefined;

  private constructor(
    streams: readonly ObservedStream[],
    server: Server,
    { clock = systemClock, refreshMs = 1_000 }: StatusServerOptions,
  ) {
    const { address, family, port } = server.address() as AddressInfo;
    this.url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/`;
    this.#streams = streams;
    this.#server = server;
    this.#clock = clock;
    this.#refreshMs = refreshMs;
    this.#leave = streams.map((stream) => stream.on((event) => this.#tell(stream, event)));
    server.on('request', (request, response) => this.#answer(request, response));
  }

  /** @throws what the system says where the port cannot be had */
  static async start(
    streams: readonly ObservedStream[],
    options: StatusServerOptions = {},
  ): Promise<StreamStatusServer> {
    const server = createServer();
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
    await once(server, 'listening');
    return new StreamStatusServer(streams, server, options);
  }

  async close(): Promise<void> {
    this.#cancelRefresh();
    for (const leave of this.#leave) leave();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      respond(response, 405, 'text/plain', 'only GET\n', { allow: 'GET, HEAD' });
      return;
    }
    // A client can send what is no URL, which is a path that is not there.
    switch (URL.parse(request.url ?? '/', 'http://local')?.pathname) {
      case '/':
        respond(response, 200, 'text/html', STATUS_PAGE, {
          'content-security-policy': STATUS_PAGE_POLICY,
        });
        break;
      case '/health':
        this.#answerHealth(response);
        break;
      case '/status':
        respond(response, 200, 'application/json', `${JSON.stringify(this.#snapshot())}\n`);
        break;
      case '/metrics':
        respond(response, 200, 'text/plain; version=0.0.4', prometheusText(this.#streams));
        break;
      case '/events':
        this.#open(response);
        break;
      default:
        respond(response, 404, 'text/plain', 'there is /, /health, /status, /metrics, /events\n');
    }
  }

  #answerHealth(response: ServerResponse): void {
    const health = this.#streams.map((stream) => ({ name: stream.name, ...stream.health }));
    const isDown = health.some(({ status }) => status === 'down');
    respond(response, isDown ? 503 : 200, 'application/json', `${JSON.stringify(health)}\n`);
  }

  #snapshot(): readonly unknown[] {
    return this.#streams.map(({ name, health, metrics }) => ({ name, health, metrics }));
  }

  #open(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.on('close', () => {
      this.#pages.delete(response);
      if (this.#pages.size === 0) this.#cancelRefresh();
    });
    this.#pages.add(response);
    send(response, 'snapshot', this.#snapshot());
    if (this.#pages.size === 1) this.#refreshLater();
  }

  #refreshLater(): void {
    this.#cancelRefresh = this.#clock.setTimer(
      this.#refreshMs,
      () => {
        const snapshot = this.#snapshot();
        for (const page of this.#pages) send(page, 'snapshot', snapshot);
        this.#refreshLater();
      },
      { isBackground: true },
    );
  }

  /** Messages are too many to be shown one by one. */
  #tell({ name }: ObservedStream, event: StreamEvent): void {
    if (this.#pages.size === 0 || event.type === 'message.ended') return;
    for (const page of this.#pages) send(page, 'fact', { stream: name, ...event });
  }
}

/** So much may wait for a page that does not read; it asks anew by itself, and gets a snapshot. */
const MOST_WAITING_BYTES = 1024 * 1024;

function send(page: ServerResponse, type: 'snapshot' | 'fact', data: unknown): void {
  if (page.writableLength > MOST_WAITING_BYTES) {
    page.destroy();
    return;
  }
  page.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
}

function respond(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const contentType = type.startsWith('text/') ? `${type}; charset=utf-8` : type;
  response.writeHead(status, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
