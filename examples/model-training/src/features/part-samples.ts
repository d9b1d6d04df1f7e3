import { type Samples, trainingRows } from '@millrace/quant';
import { z } from '../base/schema.ts';
import { TrainingError } from '../base/training-error.ts';
import { Rows } from '../base/typed-arrays.ts';
import type { Split } from '../market/split-days.ts';

/** Rows of the samples in each part, rising, and how many were purged before a border. */
export const Parts = z
  .object({ train: Rows, validation: Rows, test: Rows, purged: z.int().min(0) })
  .readonly();
export type Parts = z.infer<typeof Parts>;

/** A figure of fewer samples is chance. */
const FEWEST_SAMPLES = 30;

/**
 * Gives each sample to the part in which its bar lies. A sample whose label is known only when the next part has begun
 * would tell that part's future, and is purged.
 * @throws TrainingError DATA_TOO_SHORT
 */
export function partSamples(samples: Samples, { validationFrom, testFrom }: Split): Parts {
  const { starts } = samples;
  const rowsBefore = (bar: number): number => starts.filter((start) => start < bar).length;
  const [first, second, all] = [rowsBefore(validationFrom), rowsBefore(testFrom), starts.length];
  const before = (from: number, border: number, to: number) =>
    trainingRows(samples, {
      fold: 0,
      trainFrom: from,
      trainTo: border,
      testFrom: border,
      testTo: to,
    });
  const train = before(0, first, second);
  const validation = before(first, second, all);
  const test = Int32Array.from({ length: all - second }, (_, at) => second + at);
  const parts = { train: train.rows, validation: validation.rows, test };
  for (const [name, rows] of Object.entries(parts)) {
    if (rows.length >= FEWEST_SAMPLES) continue;
    throw new TrainingError(
      'DATA_TOO_SHORT',
      `the ${name} part has ${rows.length} samples, expected at least ${FEWEST_SAMPLES}`,
    );
  }
  return { ...parts, purged: train.purged + validation.purged };
}
