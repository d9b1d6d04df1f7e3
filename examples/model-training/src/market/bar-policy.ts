import { z } from '../base/schema.ts';
import type { BarFaultKind } from './bar-fault-kind.ts';

/** What becomes of rows that are not as they should be. Nothing is ever filled or interpolated. */
export const BarPolicy = z
  .object({
    faulty: z
      .enum(['refuse', 'drop'])
      .default('refuse')
      .describe(
        'Rows that are no bars: unreadable cells, NaN, prices not above 0, high below low.',
      ),
    duplicate: z.enum(['refuse', 'keep-first', 'keep-last']).default('refuse'),
    outOfOrder: z.enum(['refuse', 'sort']).default('refuse'),
    gap: z.enum(['refuse', 'keep']).default('refuse').describe('Missing spells of days.'),
    maxGapDays: z
      .int()
      .min(1)
      .default(10)
      .describe('Calendar days between bars; after 2001-09-10 there were 7 without trade.'),
    noVolume: z
      .enum(['refuse', 'keep'])
      .default('keep')
      .describe('Days without volume. That nobody traded is a fact, or a slip of the vendor.'),
    move: z.enum(['refuse', 'keep']).default('refuse').describe('Moves too large to be true.'),
    maxMove: z
      .number()
      .positive()
      .default(0.6)
      .describe('Share of the close before; AAPL fell by .52 on 2000-09-29.'),
  })
  .readonly();
export type BarPolicy = z.infer<typeof BarPolicy>;

/** Whether the policy says what to do with such rows. */
export function isAllowed(kind: BarFaultKind, policy: BarPolicy): boolean {
  switch (kind) {
    case 'duplicate':
      return policy.duplicate !== 'refuse';
    case 'out-of-order':
      return policy.outOfOrder !== 'refuse';
    case 'gap':
      return policy.gap !== 'refuse';
    case 'no-volume':
      return policy.noVolume !== 'refuse';
    case 'move':
      return policy.move !== 'refuse';
    default:
      return policy.faulty !== 'refuse';
  }
}
