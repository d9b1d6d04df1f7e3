import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readBars } from '@millrace/quant';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { DATA_SET_FACTS, DATA_SETS, openDataSet } from './data-set.ts';
import { readBarsFile } from './read-bars-file.ts';

const folder = useTemporaryFolder();
const all = { bars: 0, seed: 1 };

test('the minute bars of two stocks are sound as they are shipped', async () => {
  for (const data of ['aapl', 'msft'] as const) {
    const { report } = readBars(await openDataSet({ ...all, data }), { intervalMs: 60_000 });
    expect(report).toMatchObject({ read: 8211, kept: 8211, duplicates: 0, outOfOrder: 0 });
  }
});

test('those of bitcoin are out of order in places, with gaps and many minutes without trades', async () => {
  const raw = await openDataSet({ ...all, data: 'btc' });
  expect(() => readBars(raw)).toThrow(/before that of a row above it/);
  const { report } = readBars(raw, { outOfOrder: 'sort', intervalMs: 60_000 });
  expect(report).toMatchObject({ read: 12_000, kept: 12_000 });
  expect(report.outOfOrder).toBeGreaterThan(17);
  expect(report.withoutVolume).toBeGreaterThan(3000);
});

test('generated bars are the same for the same seed, and say that they are generated', async () => {
  const request = { data: 'edge', bars: 1000, seed: 3 } as const;
  expect(await openDataSet(request)).toEqual(await openDataSet(request));
  for (const name of DATA_SETS) {
    const { origin, description, instrumentId } = DATA_SET_FACTS[name];
    expect(description.includes('GENERATED')).toBe(origin === 'generated');
    expect(instrumentId.includes('GENERATED')).toBe(origin === 'generated');
  }
});

test.each([
  ['time,open\n', /expected "time,open,high,low,close,volume"/],
  ['time,open,high,low,close,volume\n2020-01-01T00:00Z,1,1,1,1', /line 2: got 5 fields/],
  ['time,open,high,low,close,volume\nnoon,1,1,1,1,1', /line 2: got "noon"; expected a time/],
])('a file that is none is refused with the line', async (text, message) => {
  const file = join(folder(), 'bars.csv');
  await writeFile(file, text);
  await expect(readBarsFile(file)).rejects.toThrow(message);
});

test('an empty price is no 0', async () => {
  const file = join(folder(), 'bars.csv');
  await writeFile(file, 'time,open,high,low,close,volume\n2020-01-01T00:00Z,1,1,1,,1');
  expect((await readBarsFile(file)).close[0]).toBeNaN();
});
