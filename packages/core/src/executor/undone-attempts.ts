import type { AttemptRecord } from '../checkpoint/index.ts';

/** By stage id, the newest attempt that was undone: what comes after it is other work. */
export type UndoneAttempts = ReadonlyMap<string, number>;

export function undoneAttempts(attempts: readonly AttemptRecord[]): UndoneAttempts {
  const undone = new Map<string, number>();
  for (const { stage, attempt, status } of attempts) {
    if (status === 'undone') undone.set(stage, Math.max(attempt, undone.get(stage) ?? 0));
  }
  return undone;
}
