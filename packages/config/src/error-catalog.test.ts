import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CORE_ERRORS, GRAPH_ERRORS } from '@millrace/core';
import { CONFIG_ERRORS } from './error-catalog.ts';

const FOLDER = import.meta.dirname;
const CODE =
  /'((?:CONDITION|CONFIG|ENV|ENVIRONMENT|EXTENDS|FILES|FOREACH|GATHER|INSTANCE|MATRIX|NEEDS|PARAM|PARAMS|PIPELINE|PIPELINES|PLACEHOLDER|SECRET|SET|STAGE|STAGES|STORE|USES)_[A-Z_]+)[' ]/g;

async function codesIn(pattern: string): Promise<Set<string>> {
  const codes = new Set<string>();
  for await (const file of glob(pattern, { cwd: FOLDER })) {
    const text = file.endsWith('error-catalog.ts') ? '' : readFileSync(join(FOLDER, file), 'utf8');
    if (pattern.includes('.test.') !== file.includes('.test.')) continue;
    for (const [, code] of text.matchAll(CODE)) if (code !== undefined) codes.add(code);
  }
  return codes;
}

test('every code that a config is refused with has a page', async () => {
  const known = { ...CORE_ERRORS, ...GRAPH_ERRORS, ...CONFIG_ERRORS };
  const unknown = [...(await codesIn('**/*.ts'))].filter((code) => !Object.hasOwn(known, code));
  expect(unknown).toEqual([]);
});

test('every page is of a code that is used, and that a test provokes', async () => {
  const used = await codesIn('**/*.ts');
  const tested = await codesIn('**/*.test.ts');
  const codes = Object.keys(CONFIG_ERRORS);
  expect(codes.filter((code) => !used.has(code))).toEqual([]);
  expect(codes.filter((code) => !tested.has(code))).toEqual([]);
});

test('no code of the config is one of the engine', () => {
  expect(Object.keys(CONFIG_ERRORS).filter((code) => Object.hasOwn(CORE_ERRORS, code))).toEqual([]);
});
