import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CODEC_ERRORS } from './base/codec/index.ts';
import { CORE_ERRORS } from './base/core-errors.ts';
import { FAILURE_CODES } from './events/index.ts';
import { GRAPH_ERRORS } from './graph/index.ts';

const CATALOGS = { CODEC_ERRORS, CORE_ERRORS, GRAPH_ERRORS };
const CATALOG_FILES = ['codec-errors.ts', 'core-errors.ts', 'graph-errors.ts'];
const source = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => !file.includes('testing-local'))
  .filter((file) => !CATALOG_FILES.some((catalog) => file.endsWith(catalog)))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');

const used = new Set(
  Array.from(source.matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g), ([, code]) => code ?? ''),
);
const listed = Object.values(CATALOGS).flatMap((catalog) => Object.keys(catalog));

describe('the error catalogs', () => {
  it('list every code that the sources use', () => {
    expect([...used].filter((code) => !listed.includes(code))).toEqual([]);
  });

  it('list no code that nothing uses', () => {
    expect(listed.filter((code) => !used.has(code))).toEqual([]);
  });

  it('list each code once', () => {
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('say of each code what it is, when it comes and what to do', () => {
    for (const [code, page] of Object.values(CATALOGS).flatMap((all) => Object.entries(all))) {
      expect([code, page.title.length > 5, page.when.length > 5, page.fix.length > 5]).toEqual([
        code,
        true,
        true,
        true,
      ]);
      expect(page.when).toMatch(/[.]$/);
      expect(page.fix).toMatch(/[.]$/);
    }
  });

  it('list the code of every reason for which an attempt fails', () => {
    for (const code of Object.values(FAILURE_CODES)) expect(listed).toContain(code);
  });
});
