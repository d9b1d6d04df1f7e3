// A process of its own that works on a store, told what to do by lines of JSON.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { asRunId, MillraceError } from '@millrace/core';
import { openSqliteStore } from '../open-sqlite-store.ts';
import type { SqliteStore } from '../sqlite-store.ts';
import { numberedBatch } from './numbered-batch.ts';
import { NEW_RUN, OWNER, RUN } from './sample-records.ts';

export type StoreCommand =
  | { readonly type: 'open'; readonly path: string; readonly readOnly?: boolean }
  | { readonly type: 'create'; readonly id: string }
  | { readonly type: 'acquire'; readonly replacing: number }
  | { readonly type: 'list' }
  /** Commits batch after batch, from this number on, until the process is killed. */
  | { readonly type: 'commit-forever'; readonly fence: number; readonly from: number }
  /** Goes on as a user that may not pass over permissions. Needs root. */
  | { readonly type: 'become-nobody' }
  | { readonly type: 'close' };

const NOBODY = 65534;

let open: SqliteStore | undefined;

/** At once and whole: a killed process has said all that it has done. */
function answer(text: string): void {
  writeSync(1, `${text}\n`);
}

function store(): SqliteStore {
  if (open === undefined) throw new MillraceError('TEST_NO_STORE', 'open a store first');
  return open;
}

function obey(command: StoreCommand): string {
  switch (command.type) {
    case 'open': {
      open = openSqliteStore(command.path, { readOnly: command.readOnly ?? false });
      return 'opened';
    }
    case 'create': {
      const id = asRunId(command.id);
      return `fence ${store().createRun({ ...NEW_RUN, id }, [], OWNER).fence}`;
    }
    case 'acquire':
      return store().acquireRun(RUN, OWNER, { fence: command.replacing }).kind;
    case 'list':
      return String(store().listRuns({}).length);
    case 'commit-forever': {
      for (let number = command.from; ; number++) {
        store().commit({ runId: RUN, fence: command.fence }, numberedBatch(number, command.fence));
        answer(`committed ${number}`);
      }
    }
    case 'become-nobody': {
      process.setgid?.(NOBODY);
      process.setuid?.(NOBODY);
      return 'nobody';
    }
    case 'close': {
      store().close();
      return 'closed';
    }
  }
}

answer('ready');
for await (const line of createInterface({ input: process.stdin })) {
  try {
    answer(obey(JSON.parse(line)));
  } catch (thrown) {
    if (!(thrown instanceof MillraceError)) throw thrown;
    answer(thrown.code);
  }
}
