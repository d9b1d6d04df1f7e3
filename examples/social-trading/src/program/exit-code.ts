export const EXIT = { succeeded: 0, failed: 1, usage: 2, degraded: 3, cancelled: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
