import { type Cell, encodeValue, PipelineContext, sealValue } from '@millrace/core';
import type { Link } from './link.ts';
import { NOTHING, readVisible, type Values, visibleKeys } from './read-values.ts';

/** What a stage sees, in the form that a whole attempt reads: keys that cannot be stored are not in it. */
export function toContext(link: Link, values: Values): PipelineContext {
  return new PipelineContext({
    find: (key) => toCell(key, readVisible(link, key, values)),
    keys: () => visibleKeys(link, values),
  });
}

function toCell(key: string, value: unknown): Cell | undefined {
  if (value === NOTHING) return undefined;
  const sealed = sealValue(value, key);
  if (!sealed.ok) return undefined;
  return { key, sealed: sealed.value, hash: encodeValue(sealed.value).hash };
}
