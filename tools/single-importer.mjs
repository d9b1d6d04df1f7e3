// Each third-party library is imported in one file of a package, so that it can be replaced there.
// Node's own modules are exempt, apart from node:sqlite, which is a driver like any other.
import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { parseSync } from '@swc/core';

const exempt = (specifier) =>
  /^[./]/.test(specifier) ||
  /^(?:@millrace\/|millrace$)/.test(specifier) ||
  (isBuiltin(specifier) && specifier !== 'node:sqlite');

const libraryOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function* specifiersIn(node) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.source?.value === 'string') yield node.source.value;
  if (node.type === 'CallExpression' && node.callee.type === 'Import') {
    const [first] = node.arguments;
    if (first?.expression.type === 'StringLiteral') yield first.expression.value;
  }
  if (node.type === 'TsImportType') yield node.argument.value;
  for (const child of Object.values(node)) yield* specifiersIn(child);
}

/** @type {Map<string, Set<string>>} "package library" -> the files that import it */
const importers = new Map();
const files = globSync('packages/*/src/**/*.ts').filter((file) => !file.endsWith('.test.ts'));

for (const file of files) {
  const ast = parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript', target: 'esnext' });
  for (const specifier of specifiersIn(ast)) {
    if (exempt(specifier)) continue;
    const key = `${file.split(/[\\/]/)[1]} ${libraryOf(specifier)}`;
    importers.set(key, (importers.get(key) ?? new Set()).add(file));
  }
}

let faults = 0;
for (const [key, importingFiles] of importers) {
  if (importingFiles.size < 2) continue;
  const [owner, library] = key.split(' ');
  faults += 1;
  console.error(`error: ${library} is imported by ${importingFiles.size} files of ${owner}:`);
  for (const file of [...importingFiles].sort()) console.error(`  ${file}`);
  console.error('  Keep one of them and let the others import from it.');
}

if (faults > 0) process.exitCode = 1;
else console.log(`✔ each library has one importing file per package (${files.length} files)`);
