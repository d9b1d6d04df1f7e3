import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { nearPackage } from './near-package.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-near-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const name of ['quant-tools', '@acme/stages']) {
  mkdirSync(join(folder, 'node_modules', name), { recursive: true });
}
mkdirSync(join(folder, 'inner', 'deeper'), { recursive: true });

it('suggests a package of any folder above, with or without a scope', async () => {
  const from = join(folder, 'inner', 'deeper');
  expect(await nearPackage('quant-tool', from)).toBe('did you mean "quant-tools"?');
  expect(await nearPackage('@acme/stage', from)).toBe('did you mean "@acme/stages"?');
});

it('suggests nothing where nothing is near, or nothing is installed', async () => {
  expect(await nearPackage('left-pad-for-ever', folder)).toBeUndefined();
  expect(await nearPackage('quant-tool', join(folder, 'gone'))).toBe('did you mean "quant-tools"?');
});
