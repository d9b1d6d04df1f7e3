import { isDeepStrictEqual } from 'node:util';
import type { ConfigNode } from '../../tree/config-node.ts';
import { toPlain } from '../../tree/to-plain.ts';

/** Whether two values of a matrix are the same one: numbers as numbers and text as text. */
export function isSame(one: ConfigNode, other: ConfigNode): boolean {
  if (one.kind === 'scalar' && other.kind === 'scalar') return one.value === other.value;
  if (one.kind !== other.kind) return false;
  return isDeepStrictEqual(toPlain(one), toPlain(other));
}
