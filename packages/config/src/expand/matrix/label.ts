import { stageIdFault } from '@millrace/core';
import type { ConfigNode } from '../../tree/config-node.ts';
import { writtenText } from '../../tree/written-text.ts';

/** Signs that give an id its shape, and patterns of ids their meaning. */
const SHAPING_SIGN = /[[\],*]/;

/** What an instance's id shows of a value: a scalar as it was written, else its place in the list. */
export function labelOf(value: ConfigNode, position: number): string {
  if (value.kind !== 'scalar') return String(position);
  return writtenText(value) ?? 'null';
}

/** Why a value cannot be a part of an id, or undefined when it can. */
export function labelFault(label: string, { redacted }: ConfigNode): string | undefined {
  if (redacted !== undefined) return 'holds a secret, and ids are shown and stored';
  const sign = SHAPING_SIGN.exec(label)?.[0];
  if (sign !== undefined) return `holds ${JSON.stringify(sign)}`;
  return stageIdFault(label);
}
