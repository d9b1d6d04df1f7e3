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
    testMatch: ['packages/*/src/**/*.test.ts'],
    exclude: ['.conformance.test.ts', '.crash.test.ts'],
  },
  { name: 'conformance', testMatch: ['packages/*/src/**/*.conformance.test.ts'], exclude: [] },
  { name: 'crash', testMatch: ['packages/*/src/**/*.crash.test.ts'], exclude: [] },
  { name: 'examples', testMatch: ['examples/**/*.test.ts'], exclude: [] },
];
