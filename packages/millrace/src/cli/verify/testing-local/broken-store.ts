// Preloaded into the processes of a torture: makes the store forget, or confuse, what it was given, as
// MILLRACE_TEST_FAULT says: `KIND:N`, from the N-th commit of a process on.
import type { CommitBatch, Lease } from '@millrace/core';
import { openSqliteStore, type SqliteStore } from '@millrace/sqlite';

type Commit = (lease: Lease, batch: CommitBatch) => void;

/** @param write the sound store's own commit */
type Fault = (write: Commit, lease: Lease, batch: CommitBatch) => void;

let held: CommitBatch | undefined;

const FAULTS: Readonly<Record<string, Fault>> = {
  /** Acknowledged, and written with the next one only. */
  'lost-sync': (write, lease, batch) => {
    if (held !== undefined) write(lease, held);
    held = batch;
    if (batch.finish !== undefined) write(lease, batch);
  },
  /** Outcomes are there, and their values are not. */
  'torn-values': (write, lease, batch) => {
    const stages = batch.stages.map((stage) => ({
      ...stage,
      writes: stage.writes.map(({ short: _, ...apart }) => apart),
    }));
    write(lease, { ...batch, stages, values: [] });
  },
  /** Events are there, and the outcomes that they tell of are not. */
  'torn-stages': (write, lease, batch) => write(lease, { ...batch, stages: [] }),
  'torn-items': (write, lease, batch) => write(lease, { ...batch, items: [] }),
  'torn-events': (write, lease, batch) => write(lease, { ...batch, events: [] }),
  /** Of two commits the second one is written first. */
  reordered: (write, lease, batch) => {
    const earlier = held;
    held = earlier === undefined && batch.finish === undefined ? batch : undefined;
    if (held !== undefined) return;
    write(lease, batch);
    if (earlier !== undefined) write(lease, earlier);
  },
  /** The end of a run is not recorded. */
  endless: (write, lease, { finish: _, ...batch }) => write(lease, batch),
};

const [kind = '', from = ''] = (process.env.MILLRACE_TEST_FAULT ?? '').split(':');
const sound = openSqliteStore(':memory:');
const prototype: { commit: Commit } = Object.getPrototypeOf(sound);
const { commit } = prototype;
sound.close();
let count = 0;

prototype.commit = function broken(this: SqliteStore, lease, batch) {
  count += 1;
  const write = commit.bind(this);
  const fault = FAULTS[kind];
  if (fault === undefined || count < Number(from)) write(lease, batch);
  else fault(write, lease, batch);
};
