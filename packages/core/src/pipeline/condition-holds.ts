import { types } from 'node:util';
import { describeValue } from '../base/describe-value.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { BoundStage } from './bound-stage.ts';

/** Stands for the text of a condition that is a function. */
export const CODED_CONDITION = '(code)';

/**
 * Whether a stage may run, by its condition.
 * @param inputs its declared inputs by name
 * @throws whatever the condition throws; MillraceError STAGE_CONDITION_FAILED when it gives no true or false
 */
export function conditionHolds(
  { id, when, params }: BoundStage,
  inputs: Readonly<Record<string, unknown>>,
): boolean {
  if (when === undefined) return true;
  const answer: unknown = when.holds({ params: params.value, inputs });
  if (typeof answer === 'boolean') return answer;
  // A promise would count as true, and its rejection would end the process.
  if (types.isPromise(answer)) answer.catch(() => undefined);
  throw new MillraceError(
    'STAGE_CONDITION_FAILED',
    `expected true or false, got ${describeValue(answer)}`,
    { details: { stage: id } },
  );
}
