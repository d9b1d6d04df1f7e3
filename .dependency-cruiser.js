/**
 * The floors of the repository: what may import what, type imports included.
 * A lower floor never imports a higher one; siblings on one floor never import each other.
 */
const floors = [
  ['core'],
  [
    'config',
    'sqlite',
    'postgres',
    'logging',
    'telemetry',
    'threads',
    'distributed',
    'stream',
    'quant',
  ],
  ['testing', 'ui'],
  ['millrace', 'create-millrace'],
];

/** Folders of packages/core/src, lowest first. index.ts stands above all of them. */
const coreFolders = [
  'base',
  'graph',
  'context',
  'events',
  'definition',
  'limits',
  'stage',
  'compatibility',
  'pipeline',
  'selection',
  'plan',
  'run',
  'checkpoint',
  'signals',
  'attempt',
  'runner',
  'executor',
  'history',
  'capsule',
  'retention',
  'simulation',
];

/** Folders of packages/quant/src, lowest first. */
const quantFolders = [
  'base',
  'bars',
  'statistics',
  'indicators',
  'options',
  'labels',
  'flow',
  'regime',
  'features',
  'validation',
  'models',
  'model-store',
  'sizing',
  'risk',
  'stages',
];

/** Folders of packages/stream/src, lowest first. */
const streamFolders = [
  'base',
  'message',
  'redis',
  'settings',
  'journal',
  'chain',
  'crew',
  'flow',
  'watch',
  'processor',
  'status',
  'signals',
];

const anyOf = (names) => `(?:${names.join('|')})`;
// Children that tests start are test code too.
const testFile = '([.]test[.]ts$|/testing-local/)';

const packageFloorRules = floors.flatMap((siblings, floor) =>
  siblings.flatMap((name) => {
    const forbidden = floors
      .slice(floor)
      .flat()
      .filter((other) => other !== name);
    if (forbidden.length === 0) return [];
    const from = `^packages/${name}/`;
    // The test kit stands on floor 3, but the tests of floor 2 are written with it.
    const forbiddenInTests = floor === 1 ? forbidden.filter((n) => n !== 'testing') : forbidden;
    const comment = `packages/${name} (floor ${floor + 1}) may import lower floors only.`;
    return [
      {
        name: `floor-${name}`,
        severity: 'error',
        comment,
        from: { path: from, pathNot: testFile },
        to: { path: `^packages/${anyOf(forbidden)}/` },
      },
      {
        name: `floor-${name}-tests`,
        severity: 'error',
        comment,
        from: { path: `${from}.*${testFile}` },
        to: { path: `^packages/${anyOf(forbiddenInTests)}/` },
      },
    ];
  }),
);

const folderRules = (name, folders) =>
  folders.map((folder, index) => ({
    name: `${name}-floor-${folder}`,
    severity: 'error',
    comment: `packages/${name}/src/${folder} may import only itself and the folders below it.`,
    from: { path: `^packages/${name}/src/${folder}/` },
    to: {
      path: `^packages/${name}/src/`,
      // What tests share stands beside the floors; no source imports it.
      pathNot: `^packages/${name}/src/${anyOf([...folders.slice(0, index + 1), 'testing-local'])}/`,
    },
  }));

const folderWithoutFloor = (name, folders) => ({
  name: `${name}-folder-without-floor`,
  severity: 'error',
  comment: `Every folder of ${name} has a floor: add the new one to \`${name}Folders\`.`,
  from: { path: `^packages/${name}/src/(?!${anyOf([...folders, 'testing-local'])}/|[^/]+$)` },
  to: {},
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...packageFloorRules,
    ...folderRules('core', coreFolders),
    ...folderRules('quant', quantFolders),
    ...folderRules('stream', streamFolders),
    {
      name: 'package-without-floor',
      severity: 'error',
      comment: 'Every package has a floor: add the new one to `floors` in .dependency-cruiser.js.',
      from: { path: `^packages/(?!${anyOf(floors.flat())}/)` },
      to: {},
    },
    folderWithoutFloor('core', coreFolders),
    folderWithoutFloor('quant', quantFolders),
    folderWithoutFloor('stream', streamFolders),
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'No cycles, type imports included.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-index-import',
      severity: 'error',
      comment: 'Inside a package import the file that owns the name, not the package index.',
      from: { path: '^packages/([^/]+)/src/', pathNot: testFile },
      to: { path: '^packages/$1/src/index[.]ts$' },
    },
    {
      name: 'no-reaching-into-a-package',
      severity: 'error',
      comment: 'Import another package by its name, never by a relative path.',
      from: { path: '^packages/([^/]+)/' },
      to: {
        path: '^packages/(?!$1/)',
        dependencyTypesNot: ['aliased-tsconfig-paths'],
      },
    },
    {
      name: 'examples-use-packages-by-name',
      severity: 'error',
      comment: 'Import a package by its name, never by a relative path.',
      from: { path: '^(?:examples|bench)/' },
      to: { path: '^packages/', dependencyTypesNot: ['aliased-tsconfig-paths'] },
    },
    {
      name: 'nobody-imports-examples',
      severity: 'error',
      from: { path: '^(?:packages|bench)/' },
      to: { path: '^examples/' },
    },
    {
      name: 'examples-stand-alone',
      severity: 'error',
      from: { path: '^examples/([^/]+)/' },
      to: { path: '^examples/(?!$1/)' },
    },
    {
      name: 'nobody-imports-bench',
      severity: 'error',
      from: { pathNot: '^bench/' },
      to: { path: '^bench/' },
    },
    {
      name: 'sources-never-import-tests',
      severity: 'error',
      from: { pathNot: testFile },
      to: { path: testFile },
    },
    {
      name: 'zod-through-zod-ts',
      severity: 'error',
      comment: 'zod is imported in the zod.ts of a package and re-exported from there.',
      from: { path: '^packages/[^/]+/src/', pathNot: [testFile, '/zod[.]ts$'] },
      to: { path: '^node_modules/zod/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'The import leads nowhere, or reaches past the exports of a package.',
      // The command starts the compiled program, which need not be there.
      from: { pathNot: '^packages/millrace/bin/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-dependency',
      severity: 'error',
      comment: 'Add the library to the package.json of the package that imports it.',
      from: { path: '^packages/[^/]+/src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-dependency-in-sources',
      severity: 'error',
      comment: 'Published sources import dependencies only.',
      from: { path: '^packages/[^/]+/src/', pathNot: testFile },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
  ],
  options: {
    parser: 'tsc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    // The peers of the bench are a package of their own, which need not be installed.
    exclude: {
      path: '^(?:packages/[^/]+|examples/[^/]+|bench)/(?:dist|coverage)/|/fixtures/|^bench/peers/',
    },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
    },
  },
};
