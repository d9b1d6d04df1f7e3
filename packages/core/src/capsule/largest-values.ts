import type { Capsule } from './capsule.ts';

/** A value of a capsule by the name under which the stage reads it. */
export interface SizedValue {
  readonly name: string;
  readonly bytes: number;
}

/** The largest values that a stage reads, largest first, each once. */
export function largestValues({ head, values }: Capsule, most: number): readonly SizedValue[] {
  const sizes = new Map<string, SizedValue>();
  for (const slot of [...head.inputs, ...head.updates, ...head.context]) {
    if (slot.kind !== 'value' || sizes.has(slot.hash)) continue;
    sizes.set(slot.hash, { name: slot.name, bytes: values.get(slot.hash)?.byteLength ?? 0 });
  }
  return [...sizes.values()].sort((a, b) => b.bytes - a.bytes).slice(0, most);
}
