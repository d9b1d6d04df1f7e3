import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { ModelStore } from '@millrace/quant';
import type { ConsoleIo } from '../console/console-io.ts';
import { EnrichedJson } from '../events/enriched-json.ts';
import { serve } from '../serve/serve.ts';
import { smallModel } from '../testing-local/small-model.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { models } from './models.ts';
import { retrain } from './retrain.ts';

const folder = useTemporaryFolder();
let store: ModelStore;
const about = {
  lineage: { runId: 'test', data: 'generated' },
  properties: { accuracy: 0.6 },
  tags: ['generated'],
};

beforeEach(async () => {
  store = new ModelStore(join(folder(), 'models'));
  for (const seed of [1, 2]) {
    const { version } = await store.save('edge', smallModel(seed), about);
    await store.promote('edge', version);
  }
});

/** A command in this process, with what it prints. */
async function run(
  command: (argv: readonly string[], io: ConsoleIo) => Promise<number>,
  ...argv: readonly string[]
) {
  const out: string[] = [];
  const notices: string[] = [];
  const io: ConsoleIo = {
    out: (line) => void out.push(line),
    notice: (line) => void notices.push(line),
    env: { INIT_CWD: '/' },
  };
  const exitCode = await command([...argv, '--home', folder()], io);
  return { exitCode, out, notices };
}

test('models lists versions, the one in use, and those that are damaged', async () => {
  await rm(join(folder(), 'models', 'edge', 'v000001.json'));
  const { out, exitCode } = await run(models);
  expect(exitCode).toBe(0);
  expect(out).toEqual([
    expect.stringMatching(/^\* edge@2 .* generated {2}accuracy 60.0 % {2}of test$/),
    '* in use',
  ]);
});

test('models promotes and rolls back', async () => {
  expect((await run(models, 'promote', '1')).out).toEqual(['edge@1 is in use']);
  expect(await store.promoted('edge')).toBe(1);
  expect((await run(models, 'rollback')).out).toEqual(['edge@2 is in use again']);
  expect(await store.promoted('edge')).toBe(2);
  await expect(run(models, 'promote', '9')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  await expect(run(models, 'promote')).rejects.toMatchObject({ code: 'USAGE' });
  await expect(run(models, 'burn')).rejects.toMatchObject({ code: 'USAGE' });
});

test('models says how a model without a version comes to one, and which other models there are', async () => {
  expect((await run(models, '--model', 'aapl')).out).toEqual([
    'model aapl has no version; npm run train -- --data aapl makes one',
    'there are models edge: add --model NAME',
  ]);
  await rm(join(folder(), 'models'), { recursive: true });
  expect((await run(models, '--model', 'mine')).out).toEqual([
    'model mine has no version; npm run train -- --data NAME --model mine makes one',
  ]);
});

test('retrain holds a candidate against the model in use, and says what came of it', async () => {
  const { out } = await run(retrain, '--data', 'edge', '--bars', '3000');
  const text = out.join('\n');
  expect(text).toMatch(/Data: +GENERATED bars/);
  expect(text).toMatch(/Candidate: +edge@3: accuracy/);
  expect(text).toMatch(/In use: +edge@2: accuracy/);
  const isPromoted = text.includes('edge@3 is promoted');
  expect(text).toMatch(
    isPromoted ? /Outcome: +edge@3 is promoted/ : /Outcome: +edge@3 is kept out/,
  );
  expect(await store.promoted('edge')).toBe(isPromoted ? 3 : 2);
});

test('retrain refuses too few bars with the minimum', async () => {
  const few = run(retrain, '--data', 'edge', '--bars', '500');
  await expect(few).rejects.toThrow(/got 500 bars to train on, needed at least 1000/);
});

test('serve answers the signals of data by direct calls, a line of JSON each', async () => {
  const { out, notices, exitCode } = await run(serve, '--data', 'btc', '--bars', '400', '--once');
  const answers = out.map((line) => EnrichedJson.parse(JSON.parse(line)));
  expect(exitCode).toBe(0);
  expect(answers).toHaveLength(301);
  expect(answers.every((answer) => answer.kind === 'enriched' && answer.modelId === 'edge@2')).toBe(
    true,
  );
  expect(notices.join('\n')).toMatch(/model-of-other-data: edge@2 was trained on GENERATED bars/);
  expect(notices.join('\n')).toMatch(/Answered: +301, \d+ later than the timeout/);
});

test('serve without data and Redis answers GENERATED signals, and treats them as such', async () => {
  const { notices } = await run(serve);
  expect(notices.join('\n')).toMatch(/signals of edge: GENERATED bars/);
  // The model is of generated bars as well.
  expect(notices.join('\n')).not.toContain('model-of-other-data');
});

test.each([
  [['--once'], /--once needs --data/],
  [['--redis', 'redis://x', '--data', 'edge'], /leave --redis out/],
  [['--mode', 'fax', '--redis', 'redis://x'], /--mode is "fax"/],
])('serve refuses %j', async (argv, message) => {
  await expect(run(serve, ...argv)).rejects.toThrow(message);
});
