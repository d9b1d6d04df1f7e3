import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const DIST = join(import.meta.dirname, '../dist');
const HEAVY = /[\\/](?:winston|commander|cosmiconfig|yaml|logging|sqlite|config)[\\/]/;

/** The modules that Node loads for one of ours, by URL. */
function loadedBy(entry: string, ...args: readonly string[]): string[] {
  if (!existsSync(join(DIST, entry))) {
    throw new Error('this test reads the built package: run `npm run build` first');
  }
  const script = `
    import { registerHooks } from 'node:module';
    const urls = [];
    registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
    process.on('exit', () => process.stderr.write(JSON.stringify(urls)));
    process.argv.splice(1, Infinity, 'millrace', ...${JSON.stringify(args)});
    await import(${JSON.stringify(join(DIST, entry))});
  `;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return JSON.parse(stderr);
}

test('a stage author who imports millrace loads the engine, and neither config, stores, logging nor commands', () => {
  const loaded = loadedBy('index.js');
  expect(loaded.some((url) => url.includes('/core/'))).toBe(true);
  expect(loaded.filter((url) => HEAVY.test(url))).toEqual([]);
});

test('--version loads nothing but the entry', () => {
  const loaded = loadedBy('cli/main.js', '--version').filter((url) => url.startsWith('file:'));
  expect(loaded).toEqual([expect.stringMatching(/\/cli\/main\.js$/)]);
});

test('--help loads no engine', () => {
  expect(
    loadedBy('cli/main.js', '--help').filter((url) => /[\\/](?:core|zod)[\\/]/.test(url)),
  ).toEqual([]);
});
