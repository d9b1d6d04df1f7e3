import type { ItemLedger } from '../attempt/index.ts';
import { success } from '../base/result.ts';
import { type Redact, redactFailure } from '../executor/redact-outcome.ts';

/** The ledger of a mapped stage in a replay: it knows no result, so that every item is done, and keeps none. */
export function withoutLedger(redact: Redact): ItemLedger {
  return {
    known: () => new Map(),
    succeeded: () => success(undefined),
    failed: (_item, failure) => redactFailure(failure, redact),
    room: () => undefined,
  };
}
