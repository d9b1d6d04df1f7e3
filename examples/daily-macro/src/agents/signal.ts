import { z } from '../base/schema.ts';

export const Strength = z.enum(['strong', 'moderate', 'weak', 'none']);
export type Strength = z.infer<typeof Strength>;

export const Direction = z.union([z.literal(-1), z.literal(0), z.literal(1)]);
export type Direction = z.infer<typeof Direction>;

/** One reading of the economy or the market, along the axis of its agent. */
export const Signal = z
  .object({
    id: z.string(),
    /** What was measured, in `unit`. */
    value: z.number(),
    unit: z.string(),
    /** Deviations from its own history; positive means up the agent's axis. */
    score: z.number(),
    direction: Direction,
    /** 0 to 1; 0 for a reading that is too old to be used. */
    confidence: z.number().min(0).max(1),
    strength: Strength,
    /** ISO day of the oldest of the newest observations used. */
    observed: z.string(),
  })
  .readonly();
export type Signal = z.infer<typeof Signal>;

const BOUNDS = [
  ['strong', 0.75],
  ['moderate', 0.5],
  ['weak', 0.25],
] as const;

/** Confidence >= .75 strong, >= .5 moderate, >= .25 weak, else none. */
export function strengthOf(confidence: number): Strength {
  return BOUNDS.find(([, from]) => confidence >= from)?.[0] ?? 'none';
}

/** |z| / (1 + |z|): .25 at a third of a deviation, .5 at one, .75 at three. */
export function confidenceOf(score: number): number {
  return Math.abs(score) / (1 + Math.abs(score));
}

export function signOf(value: number): Direction {
  if (value > 0) return 1;
  return value < 0 ? -1 : 0;
}
