import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ModelStore, modelOf, openModel, sealModel } from '@millrace/quant';
import { ONE_CANDIDATE, TemporaryHome } from '../testing-local/temporary-home.ts';
import { runDrift } from './run-drift.ts';
import { runModels } from './run-models.ts';
import { runPredict } from './run-predict.ts';

// One home for all: its trainings are what takes the time, and the tests go through its life in order.

const EASY = 'stages.evaluation.with.thresholds={"maxDrawdown":{"max":1}}';
const TRUSTING = ['--set', EASY, '--set', 'stages.evaluation.with.requireEdge=false'];

let home: TemporaryHome;
const train = (...argv: readonly string[]) => home.train('--data', 'ge', ...ONE_CANDIDATE, ...argv);
const file = (version: number): string => home.path(`models/ge/v00000${version}.json`);
const models = (...argv: readonly string[]) => home.command(runModels, argv);
const predict = (...argv: readonly string[]) => home.command(runPredict, ['--data', 'ge', ...argv]);

/** Another version of the model of ge@1, as a training would make it. */
async function addVersion(isApproved: boolean, runId = 'another-run'): Promise<void> {
  const opened = openModel(readFileSync(file(1), 'utf8'));
  if (!opened.ok) throw new Error(opened.problem.message);
  const { name, model, lineage, description, tags, properties } = opened.value;
  const store = new ModelStore(home.path('models'));
  const about = { description, tags, lineage: { ...lineage, runId } };
  const verdict = isApproved ? 'approved' : 'rejected';
  const saved = await store.save(name, modelOf(model), {
    ...about,
    properties: { ...properties, verdict },
  });
  if (isApproved) await store.promote(name, saved.version);
}

beforeAll(async () => {
  home = new TemporaryHome();
  expect((await train(...TRUSTING)).out).toContain('ge@1; in use: 1');
  await addVersion(true);
});
afterAll(() => home.remove());

describe('a model that is promoted', () => {
  it('says of itself what it is and where it comes from', async () => {
    const { out } = await models('show', 'ge');
    for (const label of [
      'Id',
      'Type',
      'Created',
      'Description',
      'Tags',
      'Run',
      'Samples',
      'Features',
    ]) {
      expect(out).toMatch(new RegExp(`^${label}: +\\S`, 'm'));
    }
    const opened = openModel(readFileSync(file(2), 'utf8'));
    const record = opened.ok ? opened.value : undefined;
    expect(record).toMatchObject({
      id: 'ge@2',
      tags: ['approved', 'real-data'],
      properties: { data: 'ge', isGenerated: false, testedTo: '2015-06-08' },
      lineage: { stageId: 'deployment', data: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('predicts the newest days', async () => {
    const { exitCode, out } = await predict('--days', '2');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^ge@2, .*\n.*\n2015-06-05 +\d+\.\d %\n2015-06-08 +\d+\.\d %$/);
  });
});

describe('a training that is rejected', () => {
  it('adds a version beside a damaged one, leaves the one in use, and ends with 3 where that is asked for', async () => {
    const sound = readFileSync(file(1), 'utf8');
    writeFileSync(file(1), 'x');
    const { exitCode, out } = await train('--strict');
    writeFileSync(file(1), sound);
    expect(exitCode).toBe(3);
    expect(out).toContain('Model:        ge@3; in use: 2');
    expect(out).toMatch(/^Total: .* REJECTED$/m);
    expect((await predict()).out).toMatch(/^ge@2, /);
  });
});

describe('models', () => {
  it('lists the versions, and which one is in use', async () => {
    const { out } = await models();
    const versions = out.split('\n').map((line) => line.slice(0, 6));
    expect(versions).toEqual(['  ge@1', '▶ ge@2', '  ge@3']);
  });

  it('rolls back to the version before, once', async () => {
    expect((await models('rollback', 'ge')).out).toBe('ge@1 is in use again');
    expect((await predict()).out).toMatch(/^ge@1, /);
    const { exitCode, notices } = await models('rollback', 'ge');
    expect(exitCode).toBe(1);
    expect(notices).toContain('error MODEL_NO_EARLIER: ');
  });

  it('promotes a version by its number', async () => {
    expect((await models('promote', 'ge', '2')).out).toBe('ge@2 is in use');
    const { exitCode, notices } = await models('promote', 'ge', '9');
    expect(exitCode).toBe(2);
    expect(notices).toContain(
      'error MODEL_NOT_FOUND: model "ge" has no version 9; it has: 1, 2, 3',
    );
  });

  it('promotes a version that was rejected only where that is insisted on', async () => {
    const { exitCode, notices } = await models('promote', 'ge', '3');
    expect(exitCode).toBe(1);
    expect(notices).toMatch(/^error MODEL_REJECTED: ge@3 was rejected by its evaluation: /);
    expect((await models('promote', 'ge', '3', '--force')).out).toBe('ge@3 is in use');
    expect((await models('rollback', 'ge')).out).toBe('ge@2 is in use again');
  });

  it.each([
    [['promote', 'ge'], 'promote wants a version'],
    [['promote'], 'promote wants the name of a model'],
    [['rollback', 'ge', '1'], 'rollback takes no version'],
    [['remove', 'ge'], 'there is no "remove"'],
    [['show', 'ge', 'x'], 'VERSION is "x"'],
  ])('refuses %j', async (argv, message) => {
    const { exitCode, notices } = await models(...argv);
    expect(exitCode).toBe(2);
    expect(notices).toContain(message);
  });
});

describe('a model file that is not as it was written', () => {
  const sealed = (text: string, change: (file: Record<string, unknown>) => object): string =>
    `${JSON.stringify(change(JSON.parse(text)))}\n`;
  const faults: readonly [string, (text: string) => string][] = [
    ['truncated', (text) => text.slice(0, 1000)],
    ['checksum', (text) => text.replace('"sharpe":', '"sharpo":')],
    ['format-version', (text) => sealed(text, (whole) => ({ ...whole, formatVersion: 99 }))],
    ['schema', (text) => sealModel({ ...JSON.parse(text).record, tags: 'none' })],
    ['not-a-model', () => '{"a":1}\n'],
  ];

  it.each(faults)(
    'is refused as %s by predict, by promote and in the list',
    async (reason, spoil) => {
      const kept = home.path('kept.json');
      copyFileSync(file(2), kept);
      try {
        writeFileSync(file(2), spoil(readFileSync(kept, 'utf8')));
        const predicted = await predict();
        expect(predicted.exitCode).toBe(1);
        expect(predicted.notices).toContain(
          `error MODEL_REFUSED: model ge@2 is not used (${reason}): `,
        );
        expect(predicted.notices).toContain('help: Roll back');
        expect((await models('promote', 'ge', '2')).notices).toContain('error MODEL_REFUSED: ');
        expect((await models()).out).toMatch(new RegExp(`ge@2 +REFUSED \\(${reason}\\): `));
        const direct = await predict('--file', file(2));
        expect(direct.notices).toContain(`v000002.json is not used (${reason}): `);
      } finally {
        copyFileSync(kept, file(2));
      }
    },
  );

  it('is refused where it lies in the place of another version', async () => {
    const kept = home.path('kept.json');
    copyFileSync(file(2), kept);
    try {
      copyFileSync(file(1), file(2));
      expect((await predict()).notices).toContain('it holds ge@1; expected ge@2');
    } finally {
      copyFileSync(kept, file(2));
    }
  });

  it('is refused where it was fitted to other features', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'model-training-'));
    try {
      const text = readFileSync(file(2), 'utf8');
      const opened = openModel(text);
      if (!opened.ok) throw new Error(opened.problem.message);
      const { model, lineage } = opened.value;
      const features = model.features.map((name) => (name === 'rsi_14' ? 'rsi_21' : name));
      const store = new ModelStore(folder);
      await store.save('ge', modelOf({ ...model, features }), { lineage });
      const path = join(folder, 'ge', readdirSync(join(folder, 'ge'))[0] ?? '');
      const { exitCode, notices } = await predict('--file', path);
      expect(exitCode).toBe(1);
      expect(notices).toMatch(
        /not used \(features\): it was fitted to the features .*rsi_21.*; expected .*rsi_14/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('drift', () => {
  const drift = (...argv: readonly string[]) =>
    home.command(runDrift, ['--data', 'ge', '--version', '1', ...argv]);

  it('is quiet over calm years, and alerts in a crisis, with exit 3 where that is asked for', async () => {
    const calm = await drift('--until', '1997-12-31', '--days', '1000', '--strict');
    expect(calm.exitCode).toBe(0);
    expect(calm.out).toMatch(/^Drift: .*, no alert; /m);
    const crisis = ['--until', '2009-03-31', '--days', '250'];
    expect(await drift(...crisis)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('ALERT'),
    });
    expect((await drift(...crisis, '--strict')).exitCode).toBe(3);
    expect((await drift(...crisis, '--strict', '--threshold', '50')).exitCode).toBe(0);
  });

  it.each([
    [['--until', 'now'], 2, 'expected a day'],
    [['--threshold=-1'], 2, 'expected a number above 0'],
    [['--until', '1980-01-01'], 2, 'has no day up to 1980-01-01'],
    [['--model', 'sp500'], 2, 'error MODEL_NOT_FOUND'],
  ])('refuses %j', async (argv, code, message) => {
    const { exitCode, notices } = await drift(...argv);
    expect(exitCode).toBe(code);
    expect(notices).toContain(message);
  });

  it('says so where the run that trained the model is gone', async () => {
    await addVersion(false, 'gone-run');
    const { exitCode, notices } = await drift('--version', '4');
    expect(exitCode).toBe(1);
    expect(notices).toMatch(/^error REFERENCE_GONE: the run gone-run that trained ge@4 is not in /);
  });
});
