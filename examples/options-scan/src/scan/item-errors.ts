import { asStageId, type CheckpointStore, type RunId, type StageRecord } from 'millrace';
import type { ItemError } from '../ledger/scan-row.ts';
import type { RunValues } from './read-run-values.ts';
import { reasonOf } from './reason-of.ts';

const LISTED_BY = {
  data: 'dataFailures',
  indicators: 'indicatorFailures',
  options: 'optionFailures',
  debate: 'debateFailures',
} as const;

/** Every ticker that failed, with its stage and cause, and every stage that failed as a whole. */
export async function itemErrors(
  store: CheckpointStore,
  runId: RunId,
  { stages, values }: { readonly stages: readonly StageRecord[]; readonly values: RunValues },
): Promise<readonly ItemError[]> {
  const errors: ItemError[] = [];
  for (const { stage, failure } of stages) {
    if (failure === undefined) continue;
    const { reason } = failure;
    errors.push({ stage, key: null, reason, message: reasonOf(failure) });
  }
  for (const [stage, list] of Object.entries(LISTED_BY)) {
    const record = stages.find((one) => one.stage === stage);
    const listed =
      record?.status === 'succeeded' ? values[list] : await onRecord(store, runId, stage);
    errors.push(...(listed ?? []).map((failure) => ({ stage, ...failure })));
  }
  return errors;
}

/** Of a stage that did not come to its end, and so lists nothing itself. */
async function onRecord(store: CheckpointStore, runId: RunId, stage: string) {
  const records = await store.loadItems(runId, asStageId(stage));
  return records.flatMap(({ key, failure }) =>
    failure === undefined ? [] : [{ key, reason: failure.reason, message: reasonOf(failure) }],
  );
}
