import type { CompactGraph } from '@millrace/core';
import type { SessionCommand } from './session-process.ts';

/** The pipeline that is tortured, and how its sessions are started. */
export interface TortureSubject {
  readonly graph: CompactGraph;
  /** Holds the store of every case. */
  readonly folder: string;
  /** The command that runs it once, as people would type it. */
  readonly shownRun: string;
  /** Path of the database file of a case. */
  storeOf(name: string): string;
  runCommand(store: string): SessionCommand;
  resumeCommand(store: string, runId: string): SessionCommand;
}
