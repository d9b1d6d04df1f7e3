import type { ConformanceCase } from '../conformance-case.ts';
import { attemptCases } from './attempt-cases.ts';
import { basisCases } from './basis-cases.ts';
import { beatCases } from './beat-cases.ts';
import { commitCases } from './commit-cases.ts';
import { deathCases } from './death-cases.ts';
import { deletionCases } from './deletion-cases.ts';
import { eventCases } from './event-cases.ts';
import { findCases } from './find-cases.ts';
import { itemCases } from './item-cases.ts';
import { leaseCases } from './lease-cases.ts';
import { reopenCases } from './reopen-cases.ts';
import { roundTripCases } from './round-trip-cases.ts';
import { runCases } from './run-cases.ts';
import { shortValueCases } from './short-value-cases.ts';
import { signalCases } from './signal-cases.ts';
import type { StoreCase, StoreSubject } from './store-subject.ts';
import { sweepCases } from './sweep-cases.ts';
import { valueCases } from './value-cases.ts';
import { waitCases } from './wait-cases.ts';

const CASES: readonly StoreCase[] = [
  ...runCases,
  ...leaseCases,
  ...beatCases,
  ...commitCases,
  ...basisCases,
  ...findCases,
  ...attemptCases,
  ...deathCases,
  ...itemCases,
  ...waitCases,
  ...signalCases,
  ...eventCases,
  ...valueCases,
  ...shortValueCases,
  ...deletionCases,
  ...sweepCases,
  ...roundTripCases,
  ...reopenCases,
];

/**
 * What every store has to do. The cases throw an AssertionError of `node:assert` when it does not;
 * `registerCases` hands them to a test runner.
 */
export function storeConformance(subject: StoreSubject): readonly ConformanceCase[] {
  return CASES.map(({ name, needsOutliving, body }) => ({
    name,
    ...(needsOutliving && !subject.outlivesClose
      ? { skip: 'what is stored does not outlive the store' }
      : {}),
    async run() {
      const opened = await subject.open();
      try {
        await body(opened.store, opened);
      } finally {
        await opened.cleanUp();
      }
    },
  }));
}
