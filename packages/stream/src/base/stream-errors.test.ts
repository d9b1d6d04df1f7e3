import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CORE_ERRORS } from '@millrace/core';
import { STREAM_ERRORS } from './stream-errors.ts';

const sources = join(import.meta.dirname, '..');
const mentioned = new Set(
  globSync('**/*.ts', { cwd: sources })
    .filter((file) => !/[.]test[.]ts$|stream-errors[.]ts$|testing-local/.test(file))
    .map((file) => readFileSync(join(sources, file), 'utf8'))
    .flatMap((text) =>
      Array.from(
        text.matchAll(/'((?:STREAM|JOURNAL|MESSAGE|REDIS|WAIT|UPDATE)_[A-Z_]+)'/g),
        ([, code]) => code,
      ),
    ),
);

test('every code that is told has a page, and every page is of a code that is told', () => {
  const known = [...Object.keys(STREAM_ERRORS), ...Object.keys(CORE_ERRORS)];
  // Those of the engine's own failures stand in another catalogue of core.
  const told = [...mentioned].filter((code) => code !== 'UPDATE_UNDECLARED');
  expect(told.filter((code) => !known.includes(String(code)))).toEqual([]);
  const own = Object.keys(STREAM_ERRORS).filter((code) => !code.startsWith('REDIS_'));
  expect(own.filter((code) => !mentioned.has(code))).toEqual([]);
});
