import { jestProjects } from './tools/jest-projects.ts';

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const shared = {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // Tests run on the sources of every package, so they need no build.
  moduleNameMapper: {
    '^millrace$': '<rootDir>/packages/millrace/src/index.ts',
    '^@millrace/([^/]+)$': '<rootDir>/packages/$1/src/index.ts',
  },
  modulePathIgnorePatterns: ['/dist/', '/fixtures/.*/package[.]json$'],
  transform: {
    '[.]ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2024',
          transform: { verbatimModuleSyntax: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

export default {
  // Far more than any test needs: a slow machine makes none fail. Jest takes it here only, not from a project.
  testTimeout: 120_000,
  // By default one core is left free, which on a machine with two means that nothing runs side by side.
  maxWorkers: '100%',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  projects: jestProjects.map(({ name, testMatch, exclude }) => ({
    ...shared,
    cacheDirectory: '<rootDir>/node_modules/.cache/jest',
    displayName: name,
    testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
    testPathIgnorePatterns: [
      '/node_modules/',
      '/dist/',
      ...exclude.map((suffix) => `${escapeRegExp(suffix)}$`),
    ],
  })),
};
