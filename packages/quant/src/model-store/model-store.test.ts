import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rowOf } from '../features/feature-table.ts';
import { fitModel } from '../models/fit-model.ts';
import { curvedSamples } from '../testing-local/generated-samples.ts';
import { ModelStore } from './model-store.ts';
import { openModel, sealModel } from './seal-model.ts';

const samples = curvedSamples(300, 1);
const trees = fitModel(samples, { kind: 'boosted-trees', rounds: 5 });
const line = fitModel(samples, { kind: 'logistic' });
const lineage = { runId: 'run-1', stageId: 'save', data: 'abc' };
const now = () => new Date('2026-01-02T03:04:05Z');

let folder: string;
let store: ModelStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quant-models-'));
  store = new ModelStore(folder, now);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = (version: number) => join(folder, 'meta', `v00000${version}.json`);
const readText = (version: number) => readFile(file(version), 'utf8');

test('versions count up, carry their lineage, and predict the same bits after a reload', async () => {
  const about = { lineage, description: 'first', tags: ['a'], properties: { auc: 0.6 } };
  const saved = await store.save('meta', trees, about);
  expect(saved).toMatchObject({ id: 'meta@1', createdAt: '2026-01-02T03:04:05.000Z', ...about });
  expect((await store.save('meta', line, { lineage })).version).toBe(2);
  const { record, model } = await store.load('meta', { version: 1 });
  expect(record).toEqual(saved);
  for (const row of [0, 1, 2]) {
    const features = rowOf(samples.features, row);
    expect(model.predict(features)).toBe(trees.predict(features));
  }
});

test('whoever cannot do without a model is told which version is not used, and why', async () => {
  await store.save('meta', trees, { lineage });
  await store.promote('meta', 1);
  await truncate(file(1), 100);
  await expect(store.load('meta')).rejects.toMatchObject({
    code: 'MODEL_REFUSED',
    message: expect.stringMatching(/^model meta@1 is not used \(truncated\): /),
  });
});

test('nothing is in use before it is promoted; a rollback goes back to what was', async () => {
  await store.save('meta', trees, { lineage });
  await store.save('meta', line, { lineage });
  await expect(store.load('meta')).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    message: 'no version of model "meta" is promoted; it has versions: 1, 2',
  });
  await store.promote('meta', 1);
  await expect(store.rollback('meta')).rejects.toMatchObject({ code: 'MODEL_NO_EARLIER' });
  await store.promote('meta', 2);
  await store.promote('meta', 2);
  expect((await store.load('meta')).model.kind).toBe('logistic');
  expect(await store.rollback('meta')).toBe(1);
  expect(await store.promoted('meta')).toBe(1);
  expect((await store.load('meta')).model.kind).toBe('boosted-trees');
  await expect(store.promote('meta', 7)).rejects.toThrow('has no version 7; it has: 1, 2');
});

test('what is saved again with the same key is the version that is there', async () => {
  const first = await store.save('meta', trees, { lineage, key: 'k' });
  expect(await store.save('meta', trees, { lineage, key: 'k' })).toEqual(first);
  expect((await store.save('meta', trees, { lineage, key: 'other' })).version).toBe(2);
});

test('writers at the same time get versions of their own', async () => {
  const saves = Array.from({ length: 8 }, () => store.save('meta', line, { lineage }));
  const versions = (await Promise.all(saves)).map(({ version }) => version);
  expect(versions.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect((await readdir(join(folder, 'meta'))).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('what a killed writer left behind is cleaned up, what is being written is not', async () => {
  await mkdir(join(folder, 'meta'));
  const [old, young] = ['.tmp-old', '.tmp-young'].map((name) => join(folder, 'meta', name)) as [
    string,
    string,
  ];
  await writeFile(old, 'half');
  await writeFile(young, 'half');
  await utimes(old, 0, 0);
  await store.save('meta', line, { lineage });
  expect((await readdir(join(folder, 'meta'))).sort()).toEqual(['.tmp-young', 'v000001.json']);
});

test('a file cut anywhere is refused as truncated or damaged, never used', async () => {
  await store.save('meta', line, { lineage });
  const text = await readText(1);
  for (const length of [0, 1, 40, 200, text.length >> 1, text.length - 3]) {
    await writeFile(file(1), text.slice(0, length));
    const read = await store.read('meta', { version: 1 });
    expect(read).toMatchObject({ ok: false, problem: { reason: 'truncated' } });
  }
  await expect(store.promote('meta', 1)).rejects.toMatchObject({
    code: 'MODEL_REFUSED',
    details: { reason: 'truncated' },
  });
});

test.each([
  ['checksum', (text: string) => text.replace(/"intercept":(-?)\d/, '"intercept":$19')],
  ['checksum', (text: string) => text.replace(/"sha256":"./, '"sha256":"x')],
  ['format-version', (text: string) => text.replace('"formatVersion":1', '"formatVersion":2')],
  ['not-a-model', (text: string) => text.replace('millrace-model', 'other')],
  ['not-a-model', () => '{"a": nonsense}\n'],
  ['not-a-model', () => '[]'],
  ['not-a-model', () => 'null'],
] as const)('a file with a wrong %s is refused with that reason', async (reason, damage) => {
  await store.save('meta', line, { lineage });
  const text = await readText(1);
  const damaged = damage(text);
  expect(damaged).not.toBe(text);
  await writeFile(file(1), damaged);
  expect(await store.read('meta', { version: 1 })).toMatchObject({
    ok: false,
    problem: { reason },
  });
});

test('a record whose checksum fits and whose schema does not is refused with the place', async () => {
  const record = await store.save('meta', line, { lineage });
  const wrong = { ...record, model: { ...record.model, kind: 'oracle' } };
  const text = JSON.stringify(wrong);
  // Sealed as the store seals, so that only the schema is wrong.
  const opened = openModel(sealModel(JSON.parse(text)));
  expect(opened).toMatchObject({ ok: false, problem: { reason: 'schema' } });
  const looping = { ...record, model: { ...trees.body, roots: [1e6] } };
  expect(openModel(sealModel(looping))).toMatchObject({
    ok: false,
    problem: { reason: 'schema', message: /a tree begins outside/ },
  });
});

test('a file in the place of another version is refused', async () => {
  await store.save('meta', line, { lineage });
  await store.save('meta', trees, { lineage });
  await writeFile(file(1), await readText(2));
  expect(await store.read('meta', { version: 1 })).toMatchObject({
    ok: false,
    problem: { reason: 'misplaced', message: 'it holds meta@2; expected meta@1' },
  });
});

test('a model of other features, or of another order, is refused', async () => {
  await store.save('meta', line, { lineage });
  const read = (features: string[]) => store.read('meta', { version: 1, features });
  expect(await read(['a', 'b', 'c', 'd'])).toMatchObject({ ok: true });
  expect(await read(['b', 'a', 'c', 'd'])).toMatchObject({
    ok: false,
    problem: { reason: 'features' },
  });
});

test('a damaged list of promotions is refused by name', async () => {
  await store.save('meta', line, { lineage });
  await writeFile(join(folder, 'meta', 'promotions.json'), '[{"version":');
  await expect(store.load('meta')).rejects.toThrow(
    /promotions.json of model "meta" is not used \(not-a-model\)/,
  );
});

test.each(['', '../up', 'a/b', '.hidden', 'x'.repeat(101)])(
  'the name %p is refused',
  async (name) => {
    await expect(store.save(name, line, { lineage })).rejects.toMatchObject({
      code: 'MODEL_NAME_INVALID',
    });
  },
);

test('a folder that cannot be made is told with its path', async () => {
  await writeFile(join(folder, 'taken'), '');
  const blocked = new ModelStore(join(folder, 'taken'), now);
  await expect(blocked.save('meta', line, { lineage })).rejects.toMatchObject({
    code: 'MODEL_STORE_UNWRITABLE',
  });
});
