import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import { inExample } from '../base/example-folder.ts';
import { checkBars } from '../market/check-bars.ts';
import { parseBars } from '../market/parse-bars.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { makeUniverse } from './make-universe.ts';
import { readUniverse } from './universe-file.ts';

const folder = useTemporaryFolder();
const size = { tickers: 60, seed: 7 };
const read = (universe: string, name: string) => readFileSync(join(universe, name), 'utf8');

describe('a universe', () => {
  it('has the real tickers as they are shipped, and generated ones that say so', () => {
    const universe = makeUniverse(folder(), size);
    expect(universe).toMatch(/4-real-56-generated-seed-7$/);
    const listings = readUniverse(join(universe, 'universe.csv'));
    expect(listings).toHaveLength(60);
    for (const { ticker, origin } of listings) {
      expect(origin).toBe(ticker.startsWith('GEN') ? 'generated' : 'real');
    }
    expect(read(universe, 'AAPL.csv')).toBe(readFileSync(inExample('data/AAPL.csv'), 'utf8'));
    expect(readdirSync(universe)).toHaveLength(61);
  });

  it('is the same for the same seed, and begins alike whatever its size', () => {
    const first = makeUniverse(folder(), size);
    const smaller = makeUniverse(join(folder(), 'again'), { tickers: 10, seed: 7 });
    const other = makeUniverse(folder(), { tickers: 10, seed: 8 });
    expect(read(smaller, 'GEN00006.csv')).toBe(read(first, 'GEN00006.csv'));
    expect(read(other, 'GEN00006.csv')).not.toBe(read(first, 'GEN00006.csv'));
  });

  it('is sound in every file', () => {
    const universe = makeUniverse(folder(), size);
    const asOf = dayOf('2015-05-11');
    for (const { ticker } of readUniverse(join(universe, 'universe.csv'))) {
      const bars = parseBars(read(universe, `${ticker}.csv`), ticker);
      expect(() => checkBars(ticker, bars, { asOf, maxAgeDays: 0 })).not.toThrow();
    }
  });

  it.each([
    ['', 'universe.csv:1 has the header ""'],
    ['ticker,kind,origin\n', 'lists no ticker'],
    ['ticker,kind,origin\n../x,stock,real\n', 'universe.csv:2 is "../x,stock,real"'],
    ['ticker,kind,origin\nGE,stock,real\nGE,stock,real\n', 'universe.csv:3 repeats GE of line 2'],
  ])('is refused when its list is %j', (text, message) => {
    const path = join(folder(), 'universe.csv');
    writeFileSync(path, text);
    expect(() => readUniverse(path)).toThrow(message);
  });
});

describe('a universe whose making was killed', () => {
  it('is made anew, and what was left of it is removed', () => {
    const universes = join(folder(), 'universes');
    const name = '4-real-56-generated-seed-7';
    // No process has this number.
    mkdirSync(join(universes, `${name}.4194305.tmp`), { recursive: true });
    makeUniverse(folder(), size);
    expect(readdirSync(universes)).toEqual([name]);
  });
});
