import type { RunEvent } from '@millrace/core';
import { queuedText } from '../report/queued-text.ts';
import { cutTo, padTo } from '../terminal/printable.ts';

type Queued = Extract<RunEvent, { readonly type: 'stage.queued' }>;

/** Stages that wait for a limit before they start, as the events tell it. */
export class QueuedStages {
  readonly #running = new Set<string>();
  readonly #queued = new Map<string, Queued>();

  get size(): number {
    return this.#queued.size;
  }

  take(event: RunEvent): void {
    if (!('stage' in event)) return;
    if (event.type === 'stage.queued') {
      // The items of a stage that runs wait within it.
      if (!this.#running.has(event.stage)) this.#queued.set(event.stage, event);
      return;
    }
    this.#queued.delete(event.stage);
    if (event.type === 'stage.started') this.#running.add(event.stage);
    else if (ENDS.has(event.type)) this.#running.delete(event.stage);
  }

  /**
   * At most so many lines, for those who wait longest.
   * @param now wall clock, as that of the events
   */
  lines(most: number, idWidth: number, now: number): readonly string[] {
    return [...this.#queued.values()].slice(0, Math.max(0, most)).map((event) => {
      const leftMs = event.forMs === undefined ? undefined : event.at + event.forMs - now;
      return `${padTo(cutTo(event.stage, idWidth), idWidth)}  ${queuedText(event, leftMs)}`;
    });
  }
}

const ENDS: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'stage.retrying',
  'stage.succeeded',
  'stage.failed',
  'stage.cancelled',
]);
