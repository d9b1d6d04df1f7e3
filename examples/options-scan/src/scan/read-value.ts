import { decodeValue, fromShortForm } from '@millrace/core';
import type { CheckpointStore, WriteRecord } from 'millrace';

/** What a stage wrote; undefined where it cannot be read, which a resume finds out and mends. */
export async function readValue(
  store: CheckpointStore,
  { hash, short }: WriteRecord,
): Promise<unknown> {
  // Short values stand within the record itself.
  const encoded = short === undefined ? await store.loadValue(hash) : fromShortForm(short);
  const decoded = encoded === undefined ? undefined : decodeValue(encoded);
  return decoded?.ok === true ? decoded.value.value : undefined;
}
