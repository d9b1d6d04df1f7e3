import { type CheckpointStore, type RunId, readValues } from 'millrace';
import { ItemFailure } from '../base/item-failure.ts';
import { z } from '../base/schema.ts';
import { Ranked } from '../catalysts/ranked.ts';
import { FinalThesis } from '../debate/thesis.ts';
import { Recommendation } from '../options/recommendation.ts';
import { Listing } from '../universe/listing.ts';

const failures = z.array(ItemFailure).readonly().optional();

/** What a result is made of; each is missing until its stage has succeeded. */
const Values = z.object({
  universe: z.array(Listing).readonly().optional(),
  ranking: z.array(Ranked).readonly().optional(),
  earningsSource: z.string().optional(),
  recommendations: z.array(Recommendation).readonly().optional(),
  theses: z.array(FinalThesis).readonly().optional(),
  dataFailures: failures,
  indicatorFailures: failures,
  optionFailures: failures,
  debateFailures: failures,
});
export type RunValues = z.infer<typeof Values>;

/** What the stages of a run wrote. What cannot be read is left out: a resume finds that out, and mends it. */
export async function readRunValues(store: CheckpointStore, runId: RunId): Promise<RunValues> {
  return Values.parse(await readValues(store, runId, Object.keys(Values.shape)));
}
