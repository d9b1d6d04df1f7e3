import type { CancelTimer, Clock } from '@millrace/core';
import type { MessageSink } from '../message/message-sink.ts';
import { Fifo } from './fifo.ts';

interface Parcel {
  readonly id: string;
  readonly value: unknown;
  /** The receiver has it. */
  readonly sent: () => void;
  /** It does not, and is not sent any more. */
  readonly givenUp: () => void;
}

interface OutboxParts {
  readonly sink: MessageSink;
  readonly clock: Clock;
  readonly restart: { readonly delay: number; readonly maxDelay: number };
  readonly failed: (error: unknown, attempt: number, delayMs: number) => void;
  readonly recovered: () => void;
}

const LARGEST_BATCH = 500;

/** Sends in order, one batch after the other, and again what was not received. */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #parcels = new Fifo<Parcel>();
  #batch: readonly Parcel[] = [];
  #failures = 0;
  #isSending = false;
  #cancelTimer: CancelTimer | undefined;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Not received yet. */
  get size(): number {
    return this.#parcels.size + this.#batch.length;
  }

  add(parcel: Parcel): void {
    this.#parcels.push(parcel);
    if (!this.#isSending) this.#begin();
  }

  /** Sends nothing more of what it holds. */
  giveUp(): void {
    this.#cancelTimer?.();
    const left = [...this.#batch, ...this.#parcels.drain()];
    this.#batch = [];
    this.#isSending = false;
    for (const { givenUp } of left) givenUp();
  }

  #begin(): void {
    this.#isSending = true;
    // What ends in the same turn goes out together.
    setImmediate(() => this.#next());
  }

  #next(): void {
    const batch: Parcel[] = [];
    while (batch.length < LARGEST_BATCH) {
      const parcel = this.#parcels.shift();
      if (parcel === undefined) break;
      batch.push(parcel);
    }
    this.#batch = batch;
    if (batch.length > 0) this.#send(batch);
    else this.#isSending = false;
  }

  #send(batch: readonly Parcel[]): void {
    const messages = batch.map(({ id, value }) => ({ id, value }));
    new Promise((resolve) => resolve(this.#parts.sink.send(messages))).then(
      () => this.#received(batch),
      (error) => this.#refused(batch, error),
    );
  }

  #received(batch: readonly Parcel[]): void {
    // It was given up meanwhile.
    if (this.#batch !== batch) return;
    if (this.#failures > 0) this.#parts.recovered();
    this.#failures = 0;
    this.#batch = [];
    for (const { sent } of batch) sent();
    this.#next();
  }

  #refused(batch: readonly Parcel[], error: unknown): void {
    if (this.#batch !== batch) return;
    const { clock, restart, failed } = this.#parts;
    const delayMs = Math.min(restart.maxDelay, restart.delay * 2 ** Math.min(this.#failures, 60));
    this.#failures++;
    failed(error, this.#failures, delayMs);
    this.#cancelTimer = clock.setTimer(delayMs, () => this.#send(batch));
  }
}
