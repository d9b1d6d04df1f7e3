import { expect, test } from '@jest/globals';
import { packageImport } from './package-imports.ts';

const imports = {
  '#a': './a.js',
  '#b': { require: './b.cjs', import: './b.mjs' },
  '#closed': { node: null, default: './no.js' },
  '#list': [null, { browser: './no.js' }, './list.js'],
  '#lib/*': './lib/*.js',
  '#lib/deep/*.js': './deep/*/*.js',
  '#lib/private/*': null,
  '#$/*': './$&/*',
};

test.each([
  ['#a', './a.js'],
  ['#b', './b.mjs'],
  ['#closed', undefined],
  ['#list', './list.js'],
  ['#lib/x', './lib/x.js'],
  ['#lib/deep/x.js', './deep/x/x.js'],
  ['#lib/deep/x', './lib/deep/x.js'],
  ['#lib/private/x', undefined],
  ['#lib/*', './lib/*.js'],
  ["#$/$'", "./$&/$'"],
  ['#none', undefined],
  ['#toString', undefined],
])('%s stands for %s', (specifier, target) => {
  expect(packageImport(specifier, { imports, folder: '/', exports: undefined }, 'import')).toBe(
    target,
  );
});

test('require has its own condition', () => {
  const manifest = { imports, folder: '/', exports: undefined };
  expect(packageImport('#b', manifest, 'require')).toBe('./b.cjs');
});
