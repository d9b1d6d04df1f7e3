import type { StreamListener } from '../watch/event-feed.ts';
import type { StreamHealth } from '../watch/stream-health.ts';
import type { StreamMetrics } from '../watch/stream-metrics.ts';

/** What a status server asks of a stream. A `StreamProcessor` is one. */
export interface ObservedStream {
  readonly name: string;
  readonly metrics: StreamMetrics;
  readonly health: StreamHealth;
  on(listener: StreamListener): () => void;
}
