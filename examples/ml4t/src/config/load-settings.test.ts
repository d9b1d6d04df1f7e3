import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { exampleFolder } from '../base/example-folder.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { loadSettings } from './load-settings.ts';
import { defaultSettings } from './settings.ts';

const folder = useTemporaryFolder();

async function load(text: string) {
  const file = join(folder(), 'settings.yaml');
  await writeFile(file, text);
  return loadSettings(file);
}

test('the shipped file says what holds without it, but for the buckets', async () => {
  const shipped = await loadSettings(join(exampleFolder, 'ml4t.yaml'));
  expect({ ...shipped, vpin: { ...shipped.vpin, bucketVolumes: {} } }).toEqual(defaultSettings());
});

test('an empty file gives the defaults', async () => {
  expect(await load('')).toEqual(defaultSettings());
});

test.each([
  ['defaultConfidence: 1.5', /defaultConfidence/],
  ['retrainAccuracyDropThreshold: 0', /retrainAccuracyDropThreshold/],
  ['retrainAccuracyDropThreshold: 0.6', /retrainAccuracyDropThreshold/],
  ['retrainMinSamples: 99', /retrainMinSamples/],
  ['inferenceTimeoutMs: 0', /inferenceTimeoutMs/],
  ['featureNames: [momentum, momentum]', /twice/],
  ['featureNames: [luck]', /featureNames.0/],
  ['modelPath: meta', /STORE\/NAME/],
  ['confidence: 0.5', /confidence/],
  ['a: [', /cannot be read/],
])('%s is refused', async (text, message) => {
  await expect(load(text)).rejects.toThrow(message);
});

test('all faults are told at once', async () => {
  const loading = load('defaultConfidence: 2\nredis: { mode: fax }');
  await expect(loading).rejects.toMatchObject({
    code: 'SETTINGS_INVALID',
    message: expect.stringMatching(/defaultConfidence[\s\S]*redis.mode/),
  });
});
