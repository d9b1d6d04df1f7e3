import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { corruptions } from '../rehearsal/corruptions.ts';
import { mendUniverse, type Spoilt, spoilUniverse } from '../rehearsal/spoil-universe.ts';
import type { ScanResult } from '../report/scan-result.ts';
import { TemporaryHome } from '../testing-local/scan.ts';

// Several whole scans, one after the other: each test goes on where the one before ended.

const TICKERS = 300;
const home = new TemporaryHome();
let universe = '';
let clean: ScanResult;
let spoilt: readonly Spoilt[];
let partial: ScanResult;
const flags = ['--tickers', String(TICKERS)];

beforeAll(async () => {
  universe = home.universe(TICKERS);
  clean = await home.result(...flags);
  spoilt = spoilUniverse(universe, 0.05, 1);
  partial = await home.result(...flags);
});
afterAll(() => home.remove());

/** What a ticker measures by itself, whoever else is in the universe. */
function rawReadings({ scores }: ScanResult): ReadonlyMap<string, string> {
  return new Map(
    scores.map(({ ticker, close, volatility, direction, breakdown }) => {
      const raw = Object.values(breakdown).map((factor) => factor?.raw);
      return [ticker, JSON.stringify([close, volatility, direction, raw])];
    }),
  );
}

describe('a scan of which 5 % of the files are spoilt in twelve ways', () => {
  it('is partial, and names every bad ticker with its cause', () => {
    expect(clean).toMatchObject({ status: 'COMPLETED', itemErrors: [] });
    expect(spoilt).toHaveLength(15);
    expect(new Set(spoilt.map(({ corruption }) => corruption)).size).toBe(
      Object.keys(corruptions).length,
    );
    expect(partial.status).toBe('PARTIAL');
    const named = new Map(partial.itemErrors.map(({ key, message }) => [key, message]));
    expect([...named.keys()].sort()).toEqual(spoilt.map(({ ticker }) => ticker).sort());
    const causes: Readonly<Record<string, RegExp>> = {
      'cut off': /cut off/,
      'no number': /close is "NaN", expected a number/,
      'text for a number': /volume is "n\/a", expected a number/,
      'negative price': /low is -1.5, expected a price above 0/,
      'high below low': /high .* is below low/,
      'no volume': /volume is 0/,
      'dates out of order': /the date comes after .*, expected ascending dates/,
      'date twice': /the date is there twice/,
      'no such date': /"2015-02-30" is not a date/,
      'empty file': /is empty/,
      'missing file': /is missing/,
      'four rows': /has 4 rows, expected at least 5/,
    };
    for (const { ticker, corruption } of spoilt) {
      expect(named.get(ticker)).toMatch(causes[corruption] ?? /^$/);
      expect(named.get(ticker)).toContain(ticker);
    }
  });

  it('tells them in the table and on the page as well', () => {
    const [row] = home.rows('SELECT * FROM scan_runs WHERE id = ?', partial.runId);
    expect(row).toMatchObject({ status: 'PARTIAL' });
    const page = readFileSync(join(home.folder, 'reports', `${partial.runId}.html`), 'utf8');
    for (const { ticker } of spoilt) {
      expect(String(row?.item_errors)).toContain(ticker);
      expect(page).toContain(`<strong>${ticker}</strong>`);
    }
  });

  it('measures every other ticker as before, to the last digit', () => {
    const before = rawReadings(clean);
    const bad = new Set(spoilt.map(({ ticker }) => ticker));
    const others = [...rawReadings(partial)];
    expect(others).toHaveLength([...before.keys()].filter((ticker) => !bad.has(ticker)).length);
    for (const [ticker, readings] of others) expect(readings).toBe(before.get(ticker));
  });

  it('scores the others exactly as a universe without the bad ones', async () => {
    const bad = new Set(spoilt.map(({ ticker }) => ticker));
    const list = join(universe, 'universe.csv');
    const text = readFileSync(list, 'utf8');
    const sound = text.split('\n').filter((line) => !bad.has(line.split(',')[0] ?? ''));
    writeFileSync(list, sound.join('\n'));
    const without = await home.result(...flags);
    writeFileSync(list, text);
    expect(without.status).toBe('COMPLETED');
    expect(without.scores).toEqual(partial.scores);
    expect(without.recommendations).toEqual(partial.recommendations);
    expect(without.theses).toEqual(partial.theses);
  });

  it('once mended runs only the bad ones again, and what rests on the ranking', async () => {
    mendUniverse(universe);
    const resumed = await home.result('--resume', partial.runId);
    expect(resumed).toMatchObject({ status: 'COMPLETED', runId: partial.runId, itemErrors: [] });
    const bad = spoilt.map(({ ticker }) => ticker).sort();
    const again = async (stage: string) => {
      const items = await home.items(partial.runId, stage);
      const second = items.filter(({ attempt }) => attempt === 2);
      return second.map(({ key }) => key).sort();
    };
    const eligible = new Set(resumed.scores.map(({ ticker }) => ticker));
    expect(await again('data')).toEqual(bad);
    expect(await again('indicators')).toEqual(bad.filter((ticker) => eligible.has(ticker)));
    const stages = await home.stages(partial.runId);
    const attempts = Object.fromEntries(stages.map(({ stage, attempt }) => [stage, attempt]));
    expect(attempts).toMatchObject({ universe: 1, data: 2, scoring: 2, catalysts: 2, persist: 2 });
  });

  it('then has the values of a scan that was never spoilt', async () => {
    const [mended, before] = [await home.hashes(partial.runId), await home.hashes(clean.runId)];
    expect(mended).toEqual(before);
    const rows = (run: string) =>
      home.rows('SELECT ticker, score, recommendation FROM ticker_scores WHERE run_id = ?', run);
    expect(rows(partial.runId)).toEqual(rows(clean.runId));
  });
});

describe('a universe in which nothing can be read', () => {
  it('fails, says why, and leaves nothing that looks like a result', async () => {
    const alone = new TemporaryHome();
    try {
      const folder = alone.universe(6);
      for (const name of ['AAPL', 'GE', 'MSFT', 'SP500', 'GEN00001', 'GEN00002']) {
        rmSync(join(folder, `${name}.csv`));
      }
      const { exitCode, out } = await alone.scan('--tickers', '6');
      expect(exitCode).toBe(1);
      expect(out.join('\n')).toMatch(/✗ filter: .* FAILED -- no ticker is left: 6 failed/);
      expect(out.join('\n')).toMatch(/Total: .* FAILED/);
      expect(out.join('\n')).toContain('AAPL: AAPL.csv is missing');
      expect(alone.rows('SELECT status, scored FROM scan_runs')).toEqual([
        { status: 'FAILED', scored: 0 },
      ]);
    } finally {
      alone.remove();
    }
  });
});
