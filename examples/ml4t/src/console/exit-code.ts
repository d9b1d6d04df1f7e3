export const EXIT = { succeeded: 0, failed: 1, usage: 2, cancelled: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
