import { tables } from './0001-tables.ts';
import type { Migration } from './migration.ts';

/** Oldest first. */
export const MIGRATIONS: readonly Migration[] = [tables];
