import { type AttemptOutput, invalidOutputFailure } from '../attempt/index.ts';
import type { FailureRecord, ValueIssue } from '../events/index.ts';
import type { BoundStage } from '../pipeline/index.ts';

/**
 * Why what a fallback stage returned cannot stand for the outputs of `stage`, or undefined when it can:
 * readers were wired to the declared keys. Each value was checked by the fallback stage's own schema.
 */
export function substituteFault(
  { id, blueprint }: BoundStage,
  outputs: readonly AttemptOutput[],
): FailureRecord | undefined {
  const { outputs: declared, requiredOutputs } = blueprint;
  if (declared === undefined) return undefined;
  const given = new Set(outputs.map(({ name }) => name));
  const issues: ValueIssue[] = outputs
    .filter(({ name }) => !declared.includes(name))
    .map(({ name }) => ({ path: name, message: 'is not among the declared outputs' }));
  for (const name of requiredOutputs) {
    if (!given.has(name)) issues.push({ path: name, message: 'is missing' });
  }
  return issues.length === 0 ? undefined : invalidOutputFailure(id, issues);
}
