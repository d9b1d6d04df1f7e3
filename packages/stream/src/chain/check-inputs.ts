import { type FailureRecord, readInputs } from '@millrace/core';
import type { Link } from './link.ts';
import { gatherInputs, type Values, visibleValues } from './read-values.ts';
import { toContext } from './to-context.ts';

export type CheckedInputs =
  | { readonly ok: true; readonly inputs: unknown }
  | { readonly ok: false; readonly failure: FailureRecord };

/** What a stage gets for its inputs: as its schema reads them, or all it sees where it declares none. */
export function checkInputs(link: Link, values: Values): CheckedInputs {
  const gathered = gatherInputs(link, values);
  if (gathered === undefined) return { ok: true, inputs: visibleValues(link, values) };
  const schema = link.bound.blueprint.spec.inputs;
  if (!link.checksInputs || schema === undefined) return { ok: true, inputs: gathered };
  try {
    const parsed = schema.safeParse(gathered);
    if (parsed.success) return { ok: true, inputs: parsed.data };
  } catch {
    // It throws again below, where that becomes a failure.
  }
  const { id: stage, bound } = link;
  const context = toContext(link, values);
  const read = readInputs({ stage, blueprint: bound.blueprint, inputs: gathered, context });
  return read.ok ? { ok: true, inputs: read.value } : { ok: false, failure: read.problem };
}
