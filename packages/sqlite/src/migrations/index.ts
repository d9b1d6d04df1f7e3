import { tables } from './0001-tables.ts';
import { stageBasis } from './0002-stage-basis.ts';
import { leaseBeats } from './0003-lease-beats.ts';
import { items } from './0004-items.ts';
import { signals } from './0005-signals.ts';
import { checkpoints } from './0006-checkpoints.ts';
import type { Migration } from './migration.ts';

/** Oldest first. */
export const MIGRATIONS: readonly Migration[] = [
  tables,
  stageBasis,
  leaseBeats,
  items,
  signals,
  checkpoints,
];
