/** Stages of a run, or items of a mapped stage, that are under way at the same time. */
export const DEFAULT_CONCURRENCY = 4;
