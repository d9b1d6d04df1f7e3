import { fromShortForm } from '../base/codec/index.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import type { ValueHash } from './records.ts';

interface StoredReference {
  readonly hash: ValueHash;
  /** The value itself, where the record has it. */
  readonly short?: string | undefined;
}

/** The value that a record refers to: out of the record where it is short, else out of the store. */
export function storedValue(
  store: CheckpointStore,
  { hash, short }: StoredReference,
): ReturnType<CheckpointStore['loadValue']> {
  return short === undefined ? store.loadValue(hash) : fromShortForm(short);
}
