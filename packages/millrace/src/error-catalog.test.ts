import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CONFIG_ERRORS } from '@millrace/config';
import { CORE_ERRORS, GRAPH_ERRORS } from '@millrace/core';
import { LOGGING_ERRORS } from '@millrace/logging';
import { sqliteErrors } from '@millrace/sqlite';
import { CLI_ERRORS } from './error-catalog.ts';

const used = new Set(
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => file.endsWith('.ts') && !/error-catalog|[.]test[.]ts|testing-local/.test(file),
    )
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .flatMap((text) =>
      Array.from(text.matchAll(/MillraceError\(\s*'([A-Z_]+)'/g), ([, code]) => code ?? ''),
    ),
);

test('every code that is thrown has a page, here or in the package it belongs to', () => {
  const known = {
    ...CORE_ERRORS,
    ...GRAPH_ERRORS,
    ...CONFIG_ERRORS,
    ...LOGGING_ERRORS,
    ...sqliteErrors,
    ...CLI_ERRORS,
  };
  expect([...used].filter((code) => !Object.hasOwn(known, code))).toEqual([]);
});

test('every page of this package is of a code that is used', () => {
  const unused = Object.keys(CLI_ERRORS).filter(
    (code) => !used.has(code) && code !== 'OUTPUT_UNWRITABLE',
  );
  expect(unused).toEqual([]);
});
