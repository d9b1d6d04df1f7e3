import type { ComponentHealth, HealthStatus } from './health-board.ts';

/** How a stream is. */
export interface StreamHealth {
  readonly state: 'stopped' | 'running' | 'stopping';
  readonly status: HealthStatus;
  readonly components: readonly ComponentHealth[];
}
