import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { allCodes } from './all-codes.ts';

const PACKAGES = join(import.meta.dirname, '../../../..');
/** Packages that a project adds by itself: their codes have pages, but the command does not know them. */
const ADDED_PACKAGES = ['quant', 'stream'];
const CATALOG = /^export const \w+\b[\s\S]*?^\}(?: as const)? satisfies ErrorCatalog;/gm;

test('every code of every catalog of every package that the command comes with can be explained', async () => {
  const catalogs = globSync('*/src/**/*.ts', { cwd: PACKAGES })
    .filter((file) => !file.endsWith('.test.ts'))
    .filter((file) => !ADDED_PACKAGES.some((name) => file.startsWith(join(name, '/'))))
    .flatMap((file) => readFileSync(join(PACKAGES, file), 'utf8').match(CATALOG) ?? []);
  const written = catalogs.flatMap((text) =>
    Array.from(text.matchAll(/^ {2}([A-Z][A-Z_]+): \{$/gm), ([, code]) => code ?? ''),
  );
  expect(catalogs.length).toBeGreaterThanOrEqual(7);
  expect(written.length).toBeGreaterThan(100);
  const codes = await allCodes();
  expect(codes.map(({ code }) => code)).toEqual(written.sort());
  for (const { title, when, fix } of codes) {
    expect([title, when, fix].every((text) => text.length > 0)).toBe(true);
  }
});
