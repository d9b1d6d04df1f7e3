import type { EncodedValue } from '../base/codec/index.ts';
import { encodeValue, sealValue } from '../base/codec/index.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { WriteRecord } from '../checkpoint/index.ts';
import type { Cell } from '../context/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { encodedSecret, type HoldsSecret, secretInValue } from './holds-secret.ts';

export interface InitialContext {
  readonly cells: readonly Cell[];
  readonly values: readonly EncodedValue[];
  readonly records: readonly WriteRecord[];
}

/**
 * The definition's context with what the caller gives on top, copied and frozen.
 * @throws MillraceError CONTEXT_MISSING, SECRET_IN_VALUE, VALUE_UNSTORABLE
 */
export function sealInitialContext(
  { name, definition }: ModelPipeline,
  given: Readonly<Record<string, unknown>>,
  holdsSecret: HoldsSecret | undefined,
): InitialContext {
  const missing = definition.inputs.filter((key) => !Object.hasOwn(given, key));
  if (missing.length > 0) {
    throw new MillraceError(
      'CONTEXT_MISSING',
      `pipeline ${JSON.stringify(name)} needs ${missing.map((key) => JSON.stringify(key)).join(', ')} in its initial context`,
      {
        details: { pipeline: name, missing },
        help: `start it with { context: { ${missing[0]}: ... } }`,
      },
    );
  }
  const values = new Map([...Object.entries(definition.context), ...Object.entries(given)]);
  return sealContext([...values], holdsSecret);
}

/** Values by key, copied, frozen and encoded. @throws MillraceError SECRET_IN_VALUE, VALUE_UNSTORABLE */
export function sealContext(
  values: readonly (readonly [key: string, value: unknown])[],
  holdsSecret: HoldsSecret | undefined,
): InitialContext {
  const sealed = values.map(([key, value]) => sealKey(key, value));
  for (const { cell, encoded } of sealed) {
    if (holdsSecret?.(cell.key) === true || encodedSecret(encoded, holdsSecret))
      throw secretInValue(`${JSON.stringify(cell.key)} of the initial context`);
  }
  return {
    cells: sealed.map(({ cell }) => cell),
    values: sealed.map(({ encoded }) => encoded),
    records: sealed.map(({ cell }) => ({ key: cell.key, kind: 'value', hash: cell.hash })),
  };
}

function sealKey(
  key: string,
  value: unknown,
): { readonly cell: Cell; readonly encoded: EncodedValue } {
  const sealed = sealValue(value, key);
  if (!sealed.ok) {
    throw new MillraceError('VALUE_UNSTORABLE', `the initial context: ${sealed.problem.message}`, {
      details: { key, path: sealed.problem.path },
      help: sealed.problem.help,
    });
  }
  const encoded = encodeValue(sealed.value);
  return { cell: { key, sealed: sealed.value, hash: encoded.hash }, encoded };
}
