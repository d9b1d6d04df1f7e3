/** How a connection to Redis stands. `since` is in milliseconds since 1970 UTC. */
export type RedisHealth =
  | { readonly state: 'connecting'; readonly since: number }
  | { readonly state: 'up'; readonly since: number }
  | {
      readonly state: 'down';
      readonly since: number;
      /** Why, in the words of the last failure. */
      readonly reason: string;
    }
  | { readonly state: 'closed'; readonly since: number };
