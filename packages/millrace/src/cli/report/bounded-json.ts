import { types } from 'node:util';
import { valueJson, valueText } from './value-text.ts';

const MOST_PARTS = 500;
const MOST_CHARACTERS = 10_000;

/** A value among many in JSON: on one line for people, and as itself where it is small. */
export interface BoundedJson {
  readonly text: string;
  /** Left out when the value is large, contains itself, or has no form in JSON. */
  readonly value?: unknown;
}

export function boundedJson(value: unknown): BoundedJson {
  const text = valueText(value, { short: true });
  return isSmall(value) ? { text, value: valueJson(value) } : { text };
}

/** A value that contains itself has no end, and so is not small. */
function isSmall(value: unknown): boolean {
  const open: unknown[] = [value];
  let characters = 0;
  for (let parts = 0; open.length > 0; parts++) {
    const part = open.pop();
    if (typeof part === 'string') characters += part.length;
    if (parts > MOST_PARTS || characters > MOST_CHARACTERS) return false;
    if (typeof part !== 'object' || part === null) continue;
    const inner = partsOf(part);
    if (inner === undefined) return false;
    open.push(...inner);
  }
  return true;
}

/** Undefined when there are too many. */
function partsOf(container: object): readonly unknown[] | undefined {
  if (ArrayBuffer.isView(container)) return container.byteLength > MOST_PARTS ? undefined : [];
  if (types.isMap(container) || types.isSet(container)) {
    if (container.size > MOST_PARTS) return undefined;
    return types.isMap(container) ? [...container].flat() : [...container];
  }
  if (Array.isArray(container)) return container.length > MOST_PARTS ? undefined : container;
  const entries = Object.entries(container);
  return entries.length > MOST_PARTS ? undefined : entries.flat();
}
