import type { StageId } from '../base/ids.ts';
import type { z } from '../base/zod.ts';
import type { FailureRecord, ValueIssue } from '../events/index.ts';
import type { ContextView } from './context-view.ts';
import { invalidOutputFailure, threwFailure } from './failures.ts';
import { parseKey, parseKeys } from './parse-keys.ts';

/** Why the updates of an attempt are refused, or undefined when their schema takes them. */
export function checkUpdates(
  stage: StageId,
  schema: z.ZodObject,
  view: ContextView,
): FailureRecord | undefined {
  const changed = view.updates.map(({ key }) => key);
  if (changed.length === 0) return undefined;
  try {
    const issues = isRefined(schema)
      ? issuesOfWhole(schema, view)
      : changed.flatMap((key) => issuesOfKey(schema, view, key));
    return issues.length === 0 ? undefined : invalidOutputFailure(stage, issues);
  } catch (error) {
    return threwFailure(stage, 'outputs', error);
  }
}

/** A refinement of the object sees all its keys, so those that did not change are read too. */
function isRefined(schema: z.ZodObject): boolean {
  return (schema.def.checks ?? []).length > 0;
}

function issuesOfWhole(schema: z.ZodObject, view: ContextView): readonly ValueIssue[] {
  const keys = Object.keys(schema.shape);
  const parsed = parseKeys(schema, Object.fromEntries(keys.map((key) => [key, view.get(key)])));
  return parsed.ok ? [] : parsed.problem;
}

function issuesOfKey(schema: z.ZodObject, view: ContextView, key: string): readonly ValueIssue[] {
  const parsed = parseKey(schema, key, view.get(key));
  return parsed.ok ? [] : parsed.problem;
}
