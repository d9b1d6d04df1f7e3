import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inExample } from '../base/example-folder.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import type { MarketParams } from './market-settings.ts';
import { pruneCache } from './prune-cache.ts';
import { SeriesReader } from './series-reader.ts';

const HOUR = 3_600_000;
const folder = useTemporaryFolder();
const { signal } = new AbortController();

function put(text = readFileSync(inExample('data/GE.csv'), 'utf8')): void {
  writeFileSync(join(folder(), 'GE.csv'), text);
}

function params(changes: Partial<MarketParams> = {}): MarketParams {
  return {
    ...{ date: '2015-05-11', rows: 500, maxAgeDays: 7 },
    source: { kind: 'files', at: folder() },
    cache: { folder: join(folder(), 'cache'), freshFor: 18 * HOUR },
    ...changes,
  };
}

const reader = (now: number, changes?: Partial<MarketParams>) =>
  new SeriesReader(params(changes), signal, () => now);

const cacheFile = (): string => {
  const [date = ''] = readdirSync(join(folder(), 'cache'));
  return join(folder(), 'cache', date, 'GE.bars');
};

/** As long and as old as before, so that the source cannot tell. */
function replaceUnseen(): void {
  const path = join(folder(), 'GE.csv');
  const text = readFileSync(path, 'utf8');
  const then = new Date(0);
  writeFileSync(path, text.replace('26.64,27.12,', '26.64,27.13,'));
  utimesSync(path, then, then);
}

describe('the cache of bars', () => {
  it('keeps one file a ticker and date, whose bars are those of the source', async () => {
    put();
    const first = await reader(0).read('GE');
    expect(first.bars.days).toHaveLength(500);
    expect(readdirSync(join(folder(), 'cache'))).toEqual(['2015-05-11-500']);
    expect(await reader(0).read('GE')).toEqual(first);
  });

  it('is fresh for 18 hours, and asks again from then on', async () => {
    put();
    utimesSync(join(folder(), 'GE.csv'), new Date(0), new Date(0));
    const { hash } = await reader(0).read('GE');
    replaceUnseen();
    expect((await reader(18 * HOUR - 1).read('GE')).hash).toBe(hash);
    expect((await reader(18 * HOUR).read('GE')).hash).not.toBe(hash);
  });

  it('is passed over when the file has changed since', async () => {
    put();
    await reader(0).read('GE');
    put('');
    await expect(reader(1).read('GE')).rejects.toThrow('GE.csv is empty');
    rmSync(join(folder(), 'GE.csv'));
    await expect(reader(1).read('GE')).rejects.toThrow('GE.csv is missing');
  });

  it('is passed over when it is damaged or cut off', async () => {
    put();
    const { hash } = await reader(0).read('GE');
    const whole = readFileSync(cacheFile());
    whole[whole.length - 5] = (whole.at(-5) ?? 0) ^ 1;
    for (const damaged of [whole, whole.subarray(0, 300), Buffer.from('{}\n'), Buffer.alloc(0)]) {
      writeFileSync(cacheFile(), damaged);
      expect((await reader(1).read('GE')).hash).toBe(hash);
    }
  });

  it('never keeps what is wrong, and is no reason to fail where it cannot be written', async () => {
    put(readFileSync(inExample('data/GE.csv'), 'utf8').replace('2015-05-11', '2015-05-08'));
    await expect(reader(0).read('GE')).rejects.toThrow('GE on 2015-05-08: the date is there twice');
    expect(readdirSync(folder())).not.toContain('cache');
    put();
    writeFileSync(join(folder(), 'cache'), 'a file in its place');
    expect((await reader(0).read('GE')).bars.days).toHaveLength(500);
  });

  it('holds a date apart from another, and sees nothing after it', async () => {
    put();
    const { bars } = await reader(0, { date: '2012-01-03' }).read('GE');
    await reader(0).read('GE');
    expect(bars.close.at(-1)).toBe(18.36);
    expect(readdirSync(join(folder(), 'cache')).sort()).toEqual([
      '2012-01-03-500',
      '2015-05-11-500',
    ]);
  });
});

describe('an old cache', () => {
  it('is removed by date', async () => {
    put();
    await reader(0, { date: '2012-01-03' }).read('GE');
    await reader(0).read('GE');
    const cache = join(folder(), 'cache');
    utimesSync(join(cache, '2012-01-03-500'), 0, 0);
    utimesSync(join(cache, '2015-05-11-500'), 1, 1);
    pruneCache(cache, { now: 18 * HOUR + 1, freshForMs: 18 * HOUR });
    expect(readdirSync(cache)).toEqual(['2015-05-11-500']);
    expect(readdirSync(join(cache, '2015-05-11-500'))).toEqual(['GE.bars']);
    pruneCache(join(folder(), 'nowhere'), { now: 1, freshForMs: 0 });
  });
});
