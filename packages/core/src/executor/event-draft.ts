import type { RunEvent } from '../events/index.ts';

type WithoutNumber<E> = E extends RunEvent ? Omit<E, 'seq' | 'runId'> : never;

/** An event before its commit gives it a number. */
export type EventDraft = WithoutNumber<RunEvent>;
