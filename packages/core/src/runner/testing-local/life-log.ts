/** Notes the parts of a stage's life as they happen. */
export function lifeLog(): {
  readonly log: string[];
  readonly note: (part: string) => () => void;
} {
  const log: string[] = [];
  return { log, note: (part) => () => void log.push(part) };
}

/** What a stage that never settles returns. */
export const never = (): Promise<never> => new Promise(() => undefined);
