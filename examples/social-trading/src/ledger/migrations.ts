/** One change of the schema. */
export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

/** Append only: a migration that has been released is never edited. Times are milliseconds since 1970, UTC. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    statements: [
      `CREATE TABLE signals (
        message_id TEXT NOT NULL PRIMARY KEY,
        signal_id TEXT NOT NULL,
        ticker TEXT NOT NULL,
        signal_direction TEXT NOT NULL,
        direction TEXT NOT NULL,
        author TEXT NOT NULL,
        at INTEGER NOT NULL,
        message_at INTEGER NOT NULL,
        outcome TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'right', 'wrong', 'none')),
        outcome_at INTEGER
      ) STRICT`,
      'CREATE INDEX signals_by_ticker ON signals (ticker, signal_direction, at)',
      'CREATE INDEX signals_by_author ON signals (author, outcome)',
      "CREATE INDEX signals_open ON signals (message_at) WHERE outcome = 'open'",
      `CREATE TABLE orders (
        key TEXT NOT NULL PRIMARY KEY,
        ticker TEXT NOT NULL,
        side TEXT NOT NULL CHECK (side IN ('long', 'short')),
        quantity INTEGER NOT NULL CHECK (quantity > 0),
        price REAL NOT NULL CHECK (price > 0),
        stop REAL NOT NULL,
        target REAL NOT NULL,
        opened_at INTEGER NOT NULL,
        watched_until INTEGER NOT NULL,
        closed_at INTEGER,
        close_price REAL,
        profit REAL,
        close_reason TEXT CHECK (close_reason IN ('stop', 'target'))
      ) STRICT`,
      'CREATE INDEX orders_open ON orders (opened_at) WHERE closed_at IS NULL',
      // A message stands behind one order at most.
      `CREATE TABLE order_messages (
        message_id TEXT NOT NULL PRIMARY KEY,
        order_key TEXT NOT NULL REFERENCES orders (key)
      ) STRICT`,
      `CREATE TABLE gate_records (
        signal_id TEXT NOT NULL PRIMARY KEY,
        at INTEGER NOT NULL,
        ticker TEXT NOT NULL,
        side TEXT NOT NULL,
        quantity INTEGER NOT NULL,
        price REAL NOT NULL,
        stop REAL NOT NULL,
        target REAL NOT NULL,
        reasons TEXT NOT NULL CHECK (json_valid(reasons))
      ) STRICT`,
      `CREATE TABLE results (
        message_id TEXT NOT NULL PRIMARY KEY,
        status TEXT NOT NULL,
        ticker TEXT NOT NULL,
        author TEXT NOT NULL,
        at INTEGER NOT NULL,
        order_key TEXT,
        reason TEXT NOT NULL,
        degraded TEXT NOT NULL CHECK (json_valid(degraded)),
        detail TEXT NOT NULL CHECK (json_valid(detail)),
        published INTEGER NOT NULL DEFAULT 0
      ) STRICT`,
      'CREATE INDEX results_unpublished ON results (message_id) WHERE published = 0',
      'CREATE INDEX results_by_status ON results (status)',
      // Lines of a replay that need not be read again.
      'CREATE TABLE replay_positions (source TEXT NOT NULL PRIMARY KEY, line INTEGER NOT NULL) STRICT',
    ],
  },
];
