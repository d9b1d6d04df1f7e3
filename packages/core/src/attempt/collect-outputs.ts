import { sealValue } from '../base/codec/index.ts';
import { describeValue } from '../base/describe-value.ts';
import type { StageId } from '../base/ids.ts';
import { didYouMean } from '../base/nearest-name.ts';
import { problem, type Result, success } from '../base/result.ts';
import { trackedSource } from '../base/tracked-object.ts';
import type { FailureRecord, ValueIssue } from '../events/index.ts';
import type { StageBlueprint } from '../pipeline/index.ts';
import type { AttemptOutput } from './attempt-request.ts';
import { invalidOutputFailure, threwFailure, unstorableFailure } from './failures.ts';
import { parseKeys } from './parse-keys.ts';

/** Checks what `run` returned against the declared outputs, then copies and freezes each of them. */
export function collectOutputs(
  stage: StageId,
  blueprint: StageBlueprint,
  returned: unknown,
): Result<readonly AttemptOutput[], FailureRecord> {
  try {
    const checked = checkReturned(stage, blueprint, returned);
    return checked.ok ? sealOutputs(stage, checked.value) : checked;
  } catch (error) {
    // A schema with a throwing refinement, or a getter that throws.
    return problem(threwFailure(stage, 'outputs', error));
  }
}

function checkReturned(
  stage: StageId,
  { spec, outputs }: StageBlueprint,
  returned: unknown,
): Result<object, FailureRecord> {
  const given = untracked(returned ?? {});
  if (typeof given !== 'object' || given === null || Array.isArray(given) || !isPlain(given)) {
    const message = `expected an object with one key per output, got ${describeValue(returned)}`;
    return problem(invalidOutputFailure(stage, [{ path: '', message }]));
  }
  const hidden = [...hiddenKeys(given), ...illFormedKeys(given)];
  if (hidden.length > 0) return problem(invalidOutputFailure(stage, hidden));
  if (spec.outputs === undefined || outputs === undefined) return success(given);
  const undeclared = Object.keys(given).filter((key) => !outputs.includes(key));
  const declared: Record<string, unknown> = Object.create(null);
  for (const key of outputs) {
    if (Object.hasOwn(given, key)) declared[key] = Reflect.get(given, key);
  }
  const parsed = parseKeys(spec.outputs, declared);
  const issues = [
    ...undeclared.map((key) => undeclaredIssue(key, outputs)),
    ...(parsed.ok ? [] : parsed.problem),
  ];
  if (issues.length > 0 || !parsed.ok) return problem(invalidOutputFailure(stage, issues));
  return success(parsed.value);
}

/** A stage may return its params as they are. */
function untracked(returned: unknown): unknown {
  const isTracked = typeof returned === 'object' && returned !== null && trackedSource(returned);
  return isTracked ? { ...returned } : returned;
}

/** Keys that would be lost without a word. */
function hiddenKeys(given: object): ValueIssue[] {
  const [all, shown] = [Reflect.ownKeys(given), Object.keys(given)];
  if (all.length === shown.length) return [];
  const enumerable = new Set<string | symbol>(shown);
  return all
    .filter((key) => !enumerable.has(key))
    .map((key) => ({
      path: String(key),
      message:
        typeof key === 'symbol'
          ? 'is a symbol key; use a string key'
          : 'is not enumerable; return a plain object',
    }));
}

/** Keys that no store can give back as they are. */
function illFormedKeys(given: object): ValueIssue[] {
  return Object.keys(given)
    .filter((key) => !key.isWellFormed())
    .map((key) => ({ path: JSON.stringify(key), message: 'holds half a surrogate pair' }));
}

function undeclaredIssue(key: string, outputs: readonly string[]): ValueIssue {
  const help = didYouMean(key, outputs) ?? `declared are ${outputs.join(', ') || 'none'}`;
  return { path: key, message: `is not among the declared outputs; ${help}` };
}

function sealOutputs(
  stage: StageId,
  data: object,
): Result<readonly AttemptOutput[], FailureRecord> {
  const outputs: AttemptOutput[] = [];
  for (const name of Object.keys(data)) {
    const sealed = sealValue(Reflect.get(data, name), name);
    if (!sealed.ok) return problem(unstorableFailure(stage, sealed.problem));
    outputs.push({ name, value: sealed.value });
  }
  return success(outputs);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === null ||
    prototype === Object.prototype ||
    Object.getPrototypeOf(prototype) === null
  );
}
