/** When Redis has its log on disk: within a second, or before it answers. */
export type RedisSync = 'everysec' | 'always';

/** Where a Redis is, as the cells are told. */
export interface RedisPlace {
  readonly url: string;
  /** Where its files lie; undefined for one that the bench has not started. */
  readonly folder?: string;
}

/** The variable of the environment in which a cell finds its Redis, as JSON. */
export function redisVariable(sync: RedisSync): string {
  return `MILLRACE_BENCH_REDIS_${sync.toUpperCase()}`;
}
