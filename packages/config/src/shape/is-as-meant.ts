import type { MapNode } from '../tree/config-node.ts';
import { PIPELINE_KEYS } from './config-schema.ts';
import { hasSlipOf } from './has-slip-of.ts';

/**
 * Whether a section of a pipeline is what its author meant: it is of the right kind, or not there at all.
 * Of one that is misspelt, or is no map, nobody knows what it would hold, so that what is missing in it
 * proves nothing.
 */
export function isAsMeant(
  { entries }: MapNode,
  section: 'params' | 'inputs' | 'stages',
  kind: 'map' | 'list',
): boolean {
  const own = entries.get(section)?.value;
  if (own !== undefined && own.kind !== kind) return false;
  return !hasSlipOf([section], entries.keys(), PIPELINE_KEYS);
}
