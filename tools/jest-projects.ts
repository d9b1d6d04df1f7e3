interface JestProject {
  readonly name: string;
  readonly testMatch: readonly string[];
  /** Endings that belong to a more special kind. */
  readonly exclude: readonly string[];
}

/** The kinds of jest tests, in the order in which they run. A kind without files is left out. */
export const jestProjects: readonly JestProject[] = [
  {
    name: 'unit',
    testMatch: ['packages/*/src/**/*.test.ts', 'bench/src/**/*.test.ts'],
    exclude: ['.conformance.test.ts', '.crash.test.ts', '-honesty.test.ts'],
  },
  { name: 'conformance', testMatch: ['packages/*/src/**/*.conformance.test.ts'], exclude: [] },
  {
    name: 'crash',
    // Whatever starts processes or threads of its own for a minute or more.
    testMatch: ['packages/*/src/**/*.crash.test.ts', 'packages/*/src/**/*-honesty.test.ts'],
    exclude: [],
  },
  { name: 'examples', testMatch: ['examples/**/*.test.ts'], exclude: [] },
];
