import type { ValueHash } from '../checkpoint/index.ts';
import type { CapsuleHead } from './capsule.ts';

/** The hashes of all values that must be in a capsule with this head. */
export function referencedHashes(head: CapsuleHead): ReadonlySet<ValueHash> {
  const { params, inputs, updates, context, artifacts, outputs } = head;
  const slots = [...inputs, ...updates, ...context];
  return new Set([
    ...(params.hash === '' ? [] : [params.hash]),
    ...slots.flatMap((slot) => (slot.kind === 'value' ? [slot.hash] : [])),
    ...artifacts.map(({ artifact }) => artifact),
    ...outputs.flatMap(({ hash, isKept }) => (isKept ? [hash] : [])),
  ]);
}
