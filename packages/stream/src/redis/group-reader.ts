import { MillraceError } from '@millrace/core';
import type { RedisConnection } from './redis-connection.ts';
import type { RedisLink } from './redis-link.ts';

export interface StreamEntry {
  readonly id: string;
  /** Undefined for an entry that was cut from the stream before it was read. */
  readonly fields: Readonly<Record<string, string>> | undefined;
}

interface GroupReaderOptions {
  readonly connection: RedisConnection;
  readonly stream: string;
  readonly group: string;
  readonly consumer: string;
  readonly from?: 'start' | 'now';
  readonly batch?: number;
  readonly blockMs?: number;
  readonly claimIdleMs?: number;
}

const LONGEST_WAIT_MS = 2 ** 31;

/** One reading of a stream by a consumer of a group. */
export class GroupReader {
  readonly #options: Required<GroupReaderOptions>;
  readonly #signal: AbortSignal;
  readonly #link: RedisLink;
  readonly #close: () => void;
  /** Entries of this reading, which come a second time where the list of those not acknowledged is read again. */
  readonly #handed = new Set<string>();
  #hasGroup = false;
  /** Up to where the entries not acknowledged are read; undefined once all are. */
  #pendingFrom: string | undefined = '0';
  #nextClaimMs = 0;

  constructor(options: GroupReaderOptions, signal: AbortSignal) {
    this.#options = { from: 'start', batch: 100, blockMs: 2_000, claimIdleMs: 60_000, ...options };
    this.#signal = signal;
    this.#link = options.connection.dedicate();
    this.#close = () => this.#link.close();
    if (signal.aborted) this.#close();
    else signal.addEventListener('abort', this.#close);
  }

  close(): void {
    this.#signal.removeEventListener('abort', this.#close);
    this.#close();
  }

  /** Says that entries are acknowledged, so that they do not come again. */
  forget(entries: readonly string[]): void {
    for (const entry of entries) this.#handed.delete(entry);
  }

  /** Until the signal aborts. @throws MillraceError REDIS_REFUSED; REDIS_UNREACHABLE once the connection is closed */
  async *entries(): AsyncGenerator<StreamEntry, void, undefined> {
    while (!this.#signal.aborted) {
      let found: readonly StreamEntry[] = [];
      try {
        found = await this.#next();
      } catch (error) {
        if (this.#signal.aborted) return;
        await this.#recover(error);
      }
      for (const entry of found) {
        if (this.#handed.has(entry.id)) continue;
        this.#handed.add(entry.id);
        yield entry;
        if (this.#signal.aborted) return;
      }
    }
  }

  async #next(): Promise<readonly StreamEntry[]> {
    if (!this.#hasGroup) await this.#createGroup();
    if (this.#pendingFrom !== undefined) return this.#readPending(this.#pendingFrom);
    const nowMs = performance.now();
    if (nowMs >= this.#nextClaimMs) {
      const claimed = await this.#claim();
      // Those that are left are taken at once; with none left there is nothing to look for until more are idle.
      if (claimed.length > 0) return claimed;
      this.#nextClaimMs = nowMs + this.#options.claimIdleMs / 2;
    }
    return this.#readNew();
  }

  /** After a loss of the connection, what was on its way to here is among what is not acknowledged. */
  async #recover(error: unknown): Promise<void> {
    // A connection that was closed does not come back, and waiting for it would take no time at all.
    const isClosed = this.#link.health.state === 'closed';
    if (isClosed || !(error instanceof MillraceError)) throw error;
    this.#pendingFrom = '0';
    if (error.code === 'REDIS_UNREACHABLE') await this.#link.isUp(LONGEST_WAIT_MS, this.#signal);
    else if (error.message.includes('NOGROUP')) this.#hasGroup = false;
    else throw error;
  }

  async #createGroup(): Promise<void> {
    const { stream, group, from } = this.#options;
    try {
      await this.#link.call(
        (client) =>
          client.xGroupCreate(stream, group, from === 'start' ? '0' : '$', { MKSTREAM: true }),
        { waitMs: LONGEST_WAIT_MS },
      );
    } catch (error) {
      const isThere = error instanceof MillraceError && error.message.includes('BUSYGROUP');
      if (!isThere) throw error;
    }
    this.#hasGroup = true;
  }

  async #readPending(from: string): Promise<readonly StreamEntry[]> {
    const entries = await this.#readGroup(from);
    this.#pendingFrom = entries.at(-1)?.id;
    return entries;
  }

  #readNew(): Promise<readonly StreamEntry[]> {
    return this.#readGroup('>', this.#options.blockMs);
  }

  async #readGroup(id: string, blockMs?: number): Promise<readonly StreamEntry[]> {
    const { stream, group, consumer, batch } = this.#options;
    const hold = blockMs === undefined ? [] : ['BLOCK', String(blockMs)];
    const reply = await this.#link.call(
      (client) =>
        // The client's own command fails on entries that were cut from the stream before they were acknowledged.
        client.sendCommand([
          ...['XREADGROUP', 'GROUP', group, consumer, 'COUNT', String(batch)],
          ...[...hold, 'STREAMS', stream, id],
        ]),
      { extraReplyMs: blockMs ?? 0, waitMs: LONGEST_WAIT_MS },
    );
    return readReply(reply, stream);
  }

  async #claim(): Promise<readonly StreamEntry[]> {
    const { stream, group, consumer, claimIdleMs, batch } = this.#options;
    const { messages, deletedMessages } = await this.#link.call((client) =>
      client.xAutoClaim(stream, group, consumer, claimIdleMs, '0-0', { COUNT: batch }),
    );
    const claimed = messages.flatMap((entry) =>
      entry === null ? [] : [{ id: entry.id, fields: entry.message }],
    );
    // Redis before 7 does not tell of them.
    const cut = ((deletedMessages as typeof deletedMessages | undefined) ?? []).map((id) => ({
      id,
      fields: undefined,
    }));
    return [...claimed, ...cut].filter(({ id }) => !this.#handed.has(id));
  }
}

/** Streams by name, each with its entries: id and fields, the fields with their values in a row. */
type StreamReply = Readonly<
  Record<string, readonly (readonly [id: string, fields: readonly string[] | null])[]>
> | null;

function readReply(reply: unknown, stream: string): readonly StreamEntry[] {
  const entries = (reply as StreamReply)?.[stream] ?? [];
  return entries.map(([id, fields]) => ({
    id,
    fields: fields === null ? undefined : pairs(fields),
  }));
}

function pairs(flat: readonly string[]): Readonly<Record<string, string>> {
  const fields: Record<string, string> = Object.create(null);
  for (let at = 0; at + 1 < flat.length; at += 2) {
    fields[flat[at] as string] = flat[at + 1] as string;
  }
  return fields;
}
