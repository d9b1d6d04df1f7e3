import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { QUANT_ERRORS } from './quant-errors.ts';

const sources = join(import.meta.dirname, '..');
const thrown = globSync('**/*.ts', { cwd: sources })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(sources, file), 'utf8'))
  .flatMap((text) =>
    Array.from(text.matchAll(/MillraceError\(\s*'([A-Z_]+)'/g), ([, code]) => code),
  );

test('every code that is thrown has a page, and every page is of a code that is thrown', () => {
  expect([...new Set(thrown)].sort()).toEqual(Object.keys(QUANT_ERRORS).sort());
});
