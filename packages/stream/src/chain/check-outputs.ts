import { collectOutputs, type FailureRecord, viewValue } from '@millrace/core';
import { freezeDeep } from '../base/freeze-deep.ts';
import type { Link, Written } from './link.ts';

export type CheckedOutputs =
  | { readonly ok: true; readonly written: Written }
  | { readonly ok: false; readonly failure: FailureRecord };

const NONE: Written = Object.freeze({});

/**
 * What a stage returned, checked as its settings say and frozen. What is not plainly right goes the way of a normal
 * attempt, which knows all the ways to be wrong and words them.
 */
export function checkOutputs(link: Link, returned: unknown): CheckedOutputs {
  const checked = checkQuickly(link, returned) ?? checkThoroughly(link, returned);
  if (!checked.ok || link.renames === undefined) return checked;
  return { ok: true, written: Object.freeze(renamed(checked.written, link.renames)) };
}

function checkQuickly(link: Link, returned: unknown): CheckedOutputs | undefined {
  const given = returned ?? NONE;
  if (typeof given !== 'object' || !isPlain(given)) return undefined;
  const { outputs, bound } = link;
  const schema = bound.blueprint.spec.outputs;
  if (outputs === undefined || schema === undefined) {
    return { ok: true, written: freezeDeep({ ...given }) };
  }
  for (const key of Reflect.ownKeys(given)) if (!outputs.has(key)) return undefined;
  if (!link.checksOutputs) return { ok: true, written: freezeDeep(given) };
  try {
    const parsed = schema.safeParse(given);
    return parsed.success ? { ok: true, written: freezeDeep(parsed.data) } : undefined;
  } catch {
    return undefined;
  }
}

function isPlain(value: object): value is Written {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function checkThoroughly({ id, bound }: Link, returned: unknown): CheckedOutputs {
  const collected = collectOutputs(id, bound.blueprint, returned);
  if (!collected.ok) return { ok: false, failure: collected.problem };
  const written: Record<string, unknown> = {};
  for (const { name, value } of collected.value) written[name] = viewValue(value);
  return { ok: true, written: Object.freeze(written) };
}

function renamed(written: Written, renames: ReadonlyMap<string, string>): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const name of Object.keys(written)) named[renames.get(name) ?? name] = written[name];
  return named;
}
