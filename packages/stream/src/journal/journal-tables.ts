/** Changes when a journal of an older form is to be told from one of this. */
export const JOURNAL_VERSION = 1;
/** "MRSJ": says that the file is a journal and nothing else. */
export const APPLICATION_ID = 0x4d52534a;

/**
 * `messages` holds what has no final status; `ended` what is known for the de-duplication; `dead_letters` what failed,
 * with its value; `counts` all that ever was, under its status and under `received`.
 */
export const CREATE_TABLES = `
  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    key TEXT,
    dedupe_key TEXT,
    accepted_at INTEGER NOT NULL,
    codec TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT,
    body ANY NOT NULL,
    hash TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    seal TEXT NOT NULL
  ) STRICT;
  CREATE TABLE ended (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    dedupe_key TEXT,
    accepted_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE dead_letters (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    key TEXT,
    at INTEGER NOT NULL,
    status TEXT NOT NULL,
    failure TEXT NOT NULL,
    codec TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT,
    body ANY NOT NULL,
    hash TEXT NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE counts (
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
