import type { OnAlert } from '../service/alert.ts';

/**
 * Whether the bus is lost. It has several parts, a source and a sink, which notice one by one: a loss is told once, by
 * the first, and that it is over once none is missing.
 */
export class BusHealth {
  readonly #alert: OnAlert;
  readonly #missing = new Set<string>();

  constructor(alert: OnAlert) {
    this.#alert = alert;
  }

  get isLost(): boolean {
    return this.#missing.size > 0;
  }

  lost(part: string, why: string): void {
    const isNew = this.#missing.size === 0;
    this.#missing.add(part);
    if (!isNew) return;
    const message = `${part}: ${why}; direct calls are served, results are kept, and it is tried again with growing pauses`;
    this.#alert({ kind: 'bus-lost', message });
  }

  /** A message that nobody can read; the bus goes on. */
  odd(message: string): void {
    this.#alert({ kind: 'message-unreadable', message });
  }

  back(part: string): void {
    if (!this.#missing.delete(part) || this.#missing.size > 0) return;
    this.#alert({ kind: 'bus-back', message: `${part} answers again; what was kept is published` });
  }
}
