import type { CheckpointStore, StageRecord } from 'millrace';
import { ItemFailure } from '../base/item-failure.ts';
import { z } from '../base/schema.ts';
import { Ranked } from '../catalysts/ranked.ts';
import { FinalThesis } from '../debate/thesis.ts';
import { Recommendation } from '../options/recommendation.ts';
import { Listing } from '../universe/listing.ts';
import { readValue } from './read-value.ts';

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

/** Reads what the stages of a run wrote. What cannot be read is left out: a resume finds that out, and mends it. */
export async function readValues(
  store: CheckpointStore,
  stages: readonly StageRecord[],
): Promise<RunValues> {
  const wanted = stages
    .flatMap(({ writes }) => writes)
    .filter(({ key }) => Object.hasOwn(Values.shape, key));
  const entries = await Promise.all(
    wanted.map(async (write) => [write.key, await readValue(store, write)] as const),
  );
  return Values.parse(Object.fromEntries(entries));
}
