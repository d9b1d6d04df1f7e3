import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ONE_CANDIDATE, useTemporaryHome } from '../testing-local/temporary-home.ts';

const home = useTemporaryHome();

const runIdIn = (out: string): string => /^Stored: +run (\S+)/m.exec(out)?.[1] ?? 'none';

const withoutTimes = (text: string): readonly string[] =>
  text.replaceAll(/\d+\.\ds( |$)/gm, '0.0s$1').split('\n');

describe('a training', () => {
  it('prints its stages, its learning curve and its result, and writes a page', async () => {
    const { exitCode, out, notices } = await home().train();
    expect(exitCode).toBe(0);
    const lines = withoutTimes(out);
    expect(
      lines
        .slice(0, 10)
        .filter((line) => line.startsWith('✓'))
        .sort(),
    ).toEqual([
      '✓ data-ingestion:       0.0s [6,409 bars, 1990-01-02 to 2015-06-08, 1 no-volume]',
      expect.stringMatching(
        /^✓ deployment: +0.0s \[sp500@1 kept, not promoted; nothing is in use\]$/,
      ),
      '✓ drift:                0.0s',
      expect.stringMatching(
        /^✓ evaluation: +0.0s \[rejected: large-trees, accuracy 55.2 %, base rate 55.0 %/,
      ),
      '✓ feature-engineering:  0.0s [10 features, 4,425 / 960 / 961 samples, 2 purged]',
      '✓ training:             0.0s [3 candidates]',
    ]);
    expect(notices).toMatch(
      /^small-trees: tree 10, loss 0.\d{4}, validation 0.\d{4} \(best 0.\d{4} at \d+\)$/m,
    );
    expect(notices).toMatch(/^large-trees: stopped at tree 17, 7 kept, validation 0.6900$/m);
    for (const label of [
      'Held back',
      'Predictions',
      'Positions',
      'Chance',
      'Not passed',
      'Rejected',
      'Drift',
      'Model',
    ]) {
      expect(out).toMatch(new RegExp(`^${label}: +\\S`, 'm'));
    }
    const page = readFileSync(/^Page: +(\S+)$/m.exec(out)?.[1] ?? '', 'utf8');
    expect(page).toContain('<title>Model training sp500: REJECTED</title>');
    for (const id of ['checks', 'performance', 'learning', 'features', 'data']) {
      expect(page).toContain(`<section id="${id}">`);
    }
    expect(page).not.toMatch(/NaN|undefined|Infinity|https?:|<script/);

    // It has succeeded: it is printed again, and nothing runs. The drift stage gives no detail, and so has no brackets.
    const again = await home().train('--resume', runIdIn(out));
    expect(again.out.match(/, kept\]$/gm)).toHaveLength(5);
    const latest = await home().train('--resume', 'latest');
    expect(latest).toMatchObject({
      exitCode: 2,
      notices: expect.stringContaining('RUN_NOT_FOUND'),
    });
  });

  it('stops at faulty data with all faults, names them on its page, and goes on once the file is mended', async () => {
    const sound = readFileSync(new URL('../../data/ge.csv', import.meta.url), 'utf8');
    const rows = sound.split('\n');
    const spoilt = rows
      .with(100, rows[100]?.replace(/^([^,]*),[^,]*/, '$1,NaN') ?? '')
      .with(200, rows[199] ?? '');
    const file = home().write('mine.csv', spoilt.join('\n'));
    const { exitCode, out } = await home().train('--data', file, ...ONE_CANDIDATE);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/FAILED -- 2 faults in mine \(1 price-not-positive, 1 duplicate\)\n/);
    expect(out).toMatch(/\n {2}mine:101 price-not-positive: .*NaN.*\n {2}mine:201 duplicate: /);
    const page = readFileSync(/^Page: +(\S+)$/m.exec(out)?.[1] ?? '', 'utf8');
    expect(page).toContain('data-ingestion failed: 2 faults in mine');
    home().write('mine.csv', sound);
    const resumed = await home().train('--resume', 'latest');
    expect(resumed.exitCode).toBe(0);
    expect(resumed.out).toContain('Model:        mine@1; in use: none');
  });

  it('on generated bars says so on the console, on the page and in the model', async () => {
    const { out } = await home().train(
      '--data',
      'no-edge',
      '--set',
      'stages.data-ingestion.with.generatedBars=2000',
    );
    expect(out).toContain('Data:         GENERATED bars, a random walk');
    const page = readFileSync(/^Page: +(\S+)$/m.exec(out)?.[1] ?? '', 'utf8');
    expect(page).toContain('Not a market:');
    const model = home().read('models/no-edge/v000001.json');
    expect(JSON.parse(model).record).toMatchObject({
      tags: ['rejected', 'generated-data'],
      properties: { isGenerated: true },
      description: expect.stringContaining('GENERATED'),
    });
  });

  it('ends with 3 when features have drifted, where that is asked for', async () => {
    const { exitCode, out, notices } = await home().train(
      '--data',
      'aapl',
      '--strict',
      ...ONE_CANDIDATE,
    );
    expect(exitCode).toBe(3);
    expect(out).toMatch(/^Drift: +mean stability index 0.642, ALERT; most: volatility_20/m);
    expect(notices).toContain('warning: features have drifted');
  });
});
