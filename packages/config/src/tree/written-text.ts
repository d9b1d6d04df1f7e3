import type { ConfigNode } from './config-node.ts';

/** A scalar that stands for an id, as it was written: `1.10` is the id "1.10". Undefined for anything else. */
export function writtenText(node: ConfigNode): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  return node.written ?? String(node.value);
}
