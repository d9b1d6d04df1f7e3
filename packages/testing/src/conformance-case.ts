/** One test of a conformance suite, for any test runner. */
export interface ConformanceCase {
  /** A sentence. */
  readonly name: string;
  /** Why it does not apply here; it is to be shown as skipped. */
  readonly skip?: string;
  run(): Promise<void>;
}

/** The part of a test runner that is needed: jest, vitest and node:test have it. */
export interface CaseRunner {
  describe(title: string, body: () => void): unknown;
  readonly it: {
    (name: string, body: () => Promise<void>): unknown;
    skip(name: string, body: () => Promise<void>): unknown;
  };
}

/** `registerCases({ describe, it }, 'sqlite', storeConformance(subject))` */
export function registerCases(
  { describe, it }: CaseRunner,
  title: string,
  cases: readonly ConformanceCase[],
): void {
  describe(title, () => {
    for (const { name, skip, run } of cases) {
      if (skip === undefined) it(name, run);
      else it.skip(`${name} (skipped: ${skip})`, run);
    }
  });
}
