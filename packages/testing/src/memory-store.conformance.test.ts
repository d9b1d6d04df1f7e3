import { describe, it } from '@jest/globals';
import { MemoryStore } from '@millrace/core';
import { registerCases } from './conformance-case.ts';
import { storeConformance } from './store-conformance/index.ts';

registerCases(
  { describe, it },
  'the memory store',
  storeConformance({
    outlivesClose: false,
    open() {
      const store = new MemoryStore();
      return { store, openAgain: () => store, cleanUp: () => store.close() };
    },
  }),
);
