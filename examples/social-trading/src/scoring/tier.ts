import { z } from '../base/schema.ts';

export const Tier = z.enum(['strong', 'moderate', 'weak', 'none']);
export type Tier = z.infer<typeof Tier>;

/** @param score 0 to 100 */
export function tierOf(score: number): Tier {
  if (score >= 80) return 'strong';
  if (score >= 60) return 'moderate';
  return score >= 40 ? 'weak' : 'none';
}

/** Share of the full size that a tier is worth. */
export const SIZE_OF_TIER: Readonly<Record<Tier, number>> = {
  strong: 1,
  moderate: 0.5,
  weak: 0.25,
  none: 0,
};
