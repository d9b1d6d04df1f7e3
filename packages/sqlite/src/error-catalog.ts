import type { ErrorCatalog } from '@millrace/core';

export const sqliteErrors = {
  SQLITE_TOO_OLD: {
    title: 'The SQLite of this Node is too old',
    when: 'A store is opened on an SQLite before 3.51.3, in which several connections can lose commits (the WAL-reset race).',
    fix: 'Install Node 22.23.3 or newer within 22, or Node 24.15 or newer: they carry a sound SQLite.',
  },
  STORE_MISSING: {
    title: 'There is no store yet',
    when: 'A store is opened for reading only and its file does not exist.',
    fix: 'Start a run first, or give the path of the store with --store sqlite:PATH.',
  },
  STORE_NEWER: {
    title: 'The store was written by a newer Millrace',
    when: 'The version of the tables in the file is higher than this Millrace knows. The file is left as it is.',
    fix: 'Update Millrace, or use another store file.',
  },
  STORE_EMPTY: {
    title: 'The store was there, and empty',
    when: 'A warning: the file of a store exists and holds nothing. A process that is killed as it makes a store leaves such a file, and it is used as a new store; but it may also have been emptied, or have lost the log (`FILE-wal`) with all that was committed to it.',
    fix: 'When runs are missed, look for another copy of the file and of its log before more is written. Copy and move a store only as a whole: FILE, FILE-wal and FILE.artifacts.',
  },
  STORE_REPLACED: {
    title: 'The store was deleted or replaced while it was open',
    when: 'The file of a store, or its log, is deleted, moved or replaced by another one while a run is recorded in it. What would be committed from then on would be lost with the process, so the run is stopped.',
    fix: 'Put the file back with its -wal file and resume the run; when it is gone, start the run again. Move or restore a store only while no run uses it.',
  },
  STORE_UNUSABLE: {
    title: 'The file cannot be used as a store',
    when: 'The path is a folder, is not readable, belongs to another program, or is not an SQLite database; or the file is gone or empty although its log or its folder of large values is still there. The file is left as it is.',
    fix: 'Check the path, or restore the file from a backup. A new path starts with an empty store; so does this one once FILE, FILE-wal and FILE.artifacts are all removed.',
  },
  STORE_CORRUPT: {
    title: 'The store is damaged',
    when: 'SQLite, or a checksum of Millrace, finds that the file does not hold what was written to it.',
    fix: 'Keep a copy of the file with its -wal file, check the disk, then try `sqlite3 FILE .recover` or a backup.',
  },
  STORE_WRITE_FAILED: {
    title: 'The store cannot be written',
    when: 'The disk is full, the file or its folder is read-only, or the disk reports an error. Nothing of the batch was written.',
    fix: 'Free space or correct the permissions, then resume the run, or start it again where it had not begun: all that was committed before is kept.',
  },
  STORE_READ_FAILED: {
    title: 'The store cannot be read',
    when: 'The disk reports an error while the store is read.',
    fix: 'Check the disk and the permissions of the file and its folder.',
  },
  STORE_BUSY: {
    title: 'The store stayed locked',
    when: 'Another process held the write lock for longer than the waiting time, 10 seconds by default.',
    fix: 'Find the process that has the file open, such as an SQLite shell within a transaction, and end it.',
  },
  STORE_CLOSED: {
    title: 'The store is closed',
    when: 'A store is used after close().',
    fix: 'Close the store only after the last run on it has ended.',
  },
} as const satisfies ErrorCatalog;

export type SqliteErrorCode = keyof typeof sqliteErrors;
