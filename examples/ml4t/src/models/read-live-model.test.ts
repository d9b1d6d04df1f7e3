import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { ModelStore } from '@millrace/quant';
import { defaultSettings } from '../config/settings.ts';
import type { Alert } from '../service/alert.ts';
import { EnrichmentService } from '../service/enrichment-service.ts';
import { signalsOf } from '../testing-local/signals.ts';
import { smallModel } from '../testing-local/small-model.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

const folder = useTemporaryFolder();
const lineage = { runId: 'test', data: 'generated' };
const properties = { accuracy: 0.6 };
const file = (version: number): string => join(folder(), 'meta', `v00000${version}.json`);
let store: ModelStore;

beforeEach(async () => {
  store = new ModelStore(folder());
  await store.promote(
    'meta',
    (await store.save('meta', smallModel(1), { lineage, properties })).version,
  );
});

/** Starts a service on what is in the store, and answers one signal. */
async function startOn(given: Parameters<typeof defaultSettings>[0] = {}) {
  const alerts: Alert[] = [];
  await using service = new EnrichmentService({
    ...{ settings: defaultSettings(given), store, name: 'meta' },
    alert: (alert) => void alerts.push(alert),
  });
  await service.refreshModel();
  const [signal] = signalsOf(100);
  const answer = signal && service.enrich(signal);
  return { alerts, answer, modelId: service.modelId };
}

const rewrite = async (change: (text: string) => string): Promise<void> =>
  writeFile(file(1), change(await readFile(file(1), 'utf8')));

const damages: readonly (readonly [reason: string, damage: () => Promise<void>])[] = [
  ['truncated', () => truncate(file(1), 500)],
  ['not-a-model', () => writeFile(file(1), '{"hello":1}\n')],
  ['checksum', () => rewrite((text) => text.replace('0.1', '0.2'))],
  [
    'format-version',
    () => rewrite((text) => text.replace('"formatVersion":1', '"formatVersion":9')),
  ],
  ['not-a-model', () => writeFile(join(folder(), 'meta', 'promotions.json'), 'rubbish')],
  ['truncated', () => writeFile(file(1), '')],
];

describe('a model file that cannot be used is refused with the reason, and the default is given with an alert', () => {
  test.each(damages)('%s', async (reason, damage) => {
    await damage();
    const { alerts, answer, modelId } = await startOn({ defaultConfidence: 0.4 });
    expect(modelId).toBeNull();
    expect(alerts).toMatchObject([
      { kind: 'model-refused', message: expect.stringContaining(`${reason}: `) },
    ]);
    expect(alerts[0]?.message).toMatch(/confidence is 0.4 until there is one$/);
    expect(answer).toMatchObject({ confidenceFrom: 'no-model', enriched: { metaConfidence: 0.4 } });
  });

  test('features: it was fitted to others than those of the settings', async () => {
    const { alerts } = await startOn({ featureNames: ['volatility', 'momentum'] });
    expect(alerts).toMatchObject([
      { message: expect.stringMatching(/^features: .*expected volatility, momentum, side/) },
    ]);
  });

  test('none-promoted: a cold start', async () => {
    store = new ModelStore(join(folder(), 'empty'));
    const { alerts, answer } = await startOn();
    expect(alerts).toMatchObject([{ message: expect.stringMatching(/^none-promoted: /) }]);
    expect(answer).toMatchObject({ enriched: { metaConfidence: 0.5 } });
  });

  test('no-baseline: it does not say how accurate it was', async () => {
    await store.promote('meta', (await store.save('meta', smallModel(2), { lineage })).version);
    expect((await startOn()).alerts).toMatchObject([
      { message: expect.stringMatching(/^no-baseline: /) },
    ]);
  });
});

test('a sound model is in use, and one that is damaged later leaves it there, told once', async () => {
  const alerts: Alert[] = [];
  await using service = new EnrichmentService({
    ...{
      settings: defaultSettings(),
      store,
      name: 'meta',
      alert: (alert) => void alerts.push(alert),
    },
  });
  await service.refreshModel();
  expect(service.modelId).toBe('meta@1');
  await store.promote(
    'meta',
    (await store.save('meta', smallModel(2), { lineage, properties })).version,
  );
  await truncate(file(2), 100);
  await service.refreshModel();
  await service.refreshModel();
  expect(service.modelId).toBe('meta@1');
  expect(alerts).toMatchObject([
    { kind: 'model-refused', message: expect.stringMatching(/meta@1 stays in use$/) },
  ]);
  await store.rollback('meta');
  await service.refreshModel();
  expect(service.modelId).toBe('meta@1');
});

test('a model of generated bars is not used for others without a word', async () => {
  const tags = ['generated'];
  await store.promote(
    'meta',
    (await store.save('meta', smallModel(2), { lineage, properties, tags })).version,
  );
  const { alerts, modelId } = await startOn();
  expect(modelId).toBe('meta@2');
  expect(alerts).toMatchObject([{ kind: 'model-of-other-data' }]);
});
