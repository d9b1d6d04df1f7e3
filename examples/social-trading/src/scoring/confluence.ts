export const CONFLUENCE_WINDOW_MS = 15 * 60_000;

/** What is added to a score of 1 for signals of the same ticker and side within 15 minutes, the signal itself counted. */
export function confluenceBonus(signals: number): number {
  if (signals >= 3) return 0.2;
  return signals === 2 ? 0.1 : 0;
}
