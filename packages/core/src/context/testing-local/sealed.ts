import { type SealedValue, sealValue } from '../../base/codec/index.ts';
import { invariant } from '../../base/invariant.ts';

/** Seals a value that a test knows to be storable. */
export function sealed(value: unknown): SealedValue {
  const result = sealValue(value);
  invariant(result.ok, 'the value of a test cannot be stored');
  return result.value;
}

/** Sealed values by key, as an attempt may update them; `undefined` is a key that is absent so far. */
export function updatable(
  values: Readonly<Record<string, unknown>>,
  absent: readonly string[] = [],
): Map<string, SealedValue | undefined> {
  const keys = new Map<string, SealedValue | undefined>();
  for (const [key, value] of Object.entries(values)) keys.set(key, sealed(value));
  for (const key of absent) keys.set(key, undefined);
  return keys;
}
