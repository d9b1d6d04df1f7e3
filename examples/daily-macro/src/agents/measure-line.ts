import { element } from '../base/element.ts';
import { type Line, zOfLast } from '../data/line.ts';
import type { Measure } from './signal-rule.ts';

/** Rows in a year of monthly and quarterly series. */
export const MONTHS_A_YEAR = 12;
export const QUARTERS_A_YEAR = 4;

/** Rows of history that a last value is compared with: ten years, or two of daily data. */
export const WINDOW = { daily: 504, monthly: 120, quarterly: 40, annual: 10 } as const;

/** The last value of a line and its deviation from history; `axis` -1 turns it against the agent's axis. */
export function measureLine(line: Line, window: number, axis: 1 | -1 = 1): Measure {
  const score = zOfLast(line, window);
  if (score === undefined) return { value: Number.NaN, score };
  return { value: element(line.values, -1), score: axis * score };
}
