import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '@millrace/core';
import type { MessageOutcome } from '../message/message-outcome.ts';
import { LatencyHistogram } from '../watch/latency-histogram.ts';
import type { StreamMetrics } from '../watch/stream-metrics.ts';

const LOOP_RESOLUTION_MS = 10;

export type Figures = Pick<StreamMetrics, 'rate' | 'latency' | 'eventLoopDelay'>;

/** Measures one start of a stream. */
export class StreamFigures {
  readonly #clock: Clock;
  readonly #startedMs: number;
  readonly #latency = new LatencyHistogram();
  readonly #delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  #ended = 0;
  #endedMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedMs = clock.monotonic();
  }

  begin(): void {
    this.#delay.enable();
  }

  ended({ generation, group, latencyMs }: MessageOutcome): void {
    this.#ended++;
    if (generation > 0 && group === undefined) this.#latency.add(latencyMs);
  }

  end(): void {
    this.#endedMs = this.#clock.monotonic();
    this.#delay.disable();
  }

  get figures(): Figures {
    const untilMs = this.#endedMs ?? this.#clock.monotonic();
    const seconds = (untilMs - this.#startedMs) / 1000;
    const delay = this.#delay;
    return {
      rate: seconds > 0 ? this.#ended / seconds : 0,
      latency: this.#latency.latencies,
      eventLoopDelay:
        delay.count === 0
          ? null
          : {
              meanMs: lateness(delay.mean),
              p99Ms: lateness(delay.percentile(99)),
              maxMs: lateness(delay.max),
            },
    };
  }
}

/** The timer measures from one firing to the next, its own interval included. */
function lateness(ns: number): number {
  return Math.max(0, ns / 1e6 - LOOP_RESOLUTION_MS);
}
