import { z } from '../base/schema.ts';

/** What can be wrong with daily bars. */
export const BAR_FAULT_KINDS = [
  /** A cell is no number or no date, or the row has too few cells. */
  'unreadable',
  'time-not-finite',
  /** Also NaN and the infinities, which no market quotes. */
  'price-not-positive',
  'high-below-others',
  'low-above-others',
  'volume-negative',
  'duplicate',
  'out-of-order',
  /** More calendar days than `maxGapDays` to the bar before. */
  'gap',
  'no-volume',
  /** The close moved by a larger share than `maxMove`. */
  'move',
] as const;

export type BarFaultKind = (typeof BAR_FAULT_KINDS)[number];

/** A fault with its place. */
export const BarFault = z
  .object({
    kind: z.enum(BAR_FAULT_KINDS),
    /** Line in the file, from 1; of generated data the number of the bar. */
    line: z.int(),
    /** What was got there. */
    text: z.string(),
  })
  .readonly();
export type BarFault = z.infer<typeof BarFault>;
