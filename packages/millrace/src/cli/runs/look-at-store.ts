import type { CheckpointStore } from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';

/** Looks at a store without making one. @throws MillraceError STORE_MISSING */
export async function lookAtStore<Value>(
  spec: string,
  look: (store: CheckpointStore) => Promise<Value>,
): Promise<Value> {
  const store = await openStore(spec, { readOnly: true });
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}
