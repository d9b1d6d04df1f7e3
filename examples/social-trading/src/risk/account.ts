/** A trade that is over: what it made, and when. */
export interface ClosedTrade {
  readonly closedAt: number;
  /** Dollars, below 0 for a loss. */
  readonly profit: number;
}

/** What risk needs to know of the account; times are milliseconds since 1970, UTC. */
export interface Account {
  readonly positions: number;
  /** Of the open positions together, in dollars. */
  readonly unrealised: number;
  /** At least those of this week, oldest first. */
  readonly closed: readonly ClosedTrade[];
  /** When positions were opened: at least those of the day and of the last hour. */
  readonly openedAt: readonly number[];
  /** By hand; nothing is traded. */
  readonly isBlocked: boolean;
}
