import { expect, test } from '@jest/globals';
import { MillraceError } from '@millrace/core';
import { openStore } from './open-store.ts';
import { formatStoreSpec, parseStoreSpec } from './store-spec.ts';

test('a relative path is taken from the given folder, once', () => {
  const spec = formatStoreSpec(parseStoreSpec('sqlite:runs/a.db', '/srv'));
  expect(spec).toBe('sqlite:/srv/runs/a.db');
  expect(formatStoreSpec(parseStoreSpec(spec, '/elsewhere'))).toBe(spec);
  expect(parseStoreSpec('sqlite::memory:', '/srv')).toEqual({ kind: 'sqlite', path: ':memory:' });
  expect(parseStoreSpec('memory', '/srv')).toEqual({ kind: 'memory' });
});

test.each([
  ['redis://host/db', undefined],
  ['sqlit:runs.db', 'did you mean "sqlite"?'],
  ['runs.db', 'did you mean "sqlite:runs.db"?'],
  ['sqlite:', 'write the path after it: sqlite:runs.db'],
  ['sqlite', 'write the path after it: sqlite:runs.db'],
  ['', undefined],
])('%j is refused as unknown, and what exists is named', (text, help) => {
  expect(() => parseStoreSpec(text, '/srv')).toThrow(MillraceError);
  expect(() => parseStoreSpec(text, '/srv')).toThrow(
    expect.objectContaining({
      code: 'STORE_UNKNOWN',
      message: expect.stringContaining('there are sqlite:PATH and memory'),
      help,
    }),
  );
});

test('a store that is not there yet is refused without telling its password', () => {
  expect(() => parseStoreSpec('postgres://u:pass@host/db', '/x')).toThrow(
    expect.objectContaining({
      code: 'STORE_NOT_AVAILABLE',
      message: expect.not.stringContaining('pass@'),
    }),
  );
});

test('a store is opened by its spec', async () => {
  expect((await openStore('memory')).name).toBe('memory');
  const store = await openStore('sqlite::memory:');
  expect(store.name).toBe('sqlite::memory:');
  await store.close();
});
