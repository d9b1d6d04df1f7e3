import { sealValue } from '../base/codec/index.ts';
import { describeValue } from '../base/describe-value.ts';
import type { StageId } from '../base/ids.ts';
import { didYouMean } from '../base/nearest-name.ts';
import { problem, type Result, success } from '../base/result.ts';
import { isPlainObject, trackedSource } from '../base/tracked-object.ts';
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
  const keys = Reflect.ownKeys(given);
  if (keys.some((key) => lostKeyIssue(given, key) !== undefined)) {
    const lost = keys.flatMap((key) => lostKeyIssue(given, key) ?? []);
    return problem(invalidOutputFailure(stage, lost));
  }
  if (spec.outputs === undefined || outputs === undefined) return success(given);
  const isDeclared = keys.every((key) => outputs.includes(String(key)));
  const isAsDeclared = isDeclared && isPlainObject(given);
  const parsed = parseKeys(spec.outputs, isAsDeclared ? { ...given } : pick(given, outputs));
  if (isDeclared && parsed.ok) return parsed;
  const undeclared = keys.map(String).filter((key) => !outputs.includes(key));
  const issues = [
    ...undeclared.map((key) => undeclaredIssue(key, outputs)),
    ...(parsed.ok ? [] : parsed.problem),
  ];
  return problem(invalidOutputFailure(stage, issues));
}

/** What is declared, read once. */
function pick(given: object, names: readonly string[]): Readonly<Record<string, unknown>> {
  const picked: Record<string, unknown> = Object.create(null);
  for (const name of names) {
    if (Object.hasOwn(given, name)) picked[name] = Reflect.get(given, name);
  }
  return picked;
}

/** A stage may return its params as they are. */
function untracked(returned: unknown): unknown {
  const isTracked = typeof returned === 'object' && returned !== null && trackedSource(returned);
  return isTracked ? { ...returned } : returned;
}

/** A key that would be lost without a word, or that no store can give back as it is. */
function lostKeyIssue(given: object, key: string | symbol): ValueIssue | undefined {
  if (typeof key === 'symbol') {
    return { path: String(key), message: 'is a symbol key; use a string key' };
  }
  if (!Object.prototype.propertyIsEnumerable.call(given, key)) {
    return { path: key, message: 'is not enumerable; return a plain object' };
  }
  if (key.isWellFormed()) return undefined;
  return { path: JSON.stringify(key), message: 'holds half a surrogate pair' };
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
