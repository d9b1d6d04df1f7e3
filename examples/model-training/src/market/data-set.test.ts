import { expect, it } from '@jest/globals';
import { DATA_NAMES, dataSet } from './data-set.ts';

it('knows the data that is shipped and the data that is made up', () => {
  expect(DATA_NAMES.map((name) => `${name} ${dataSet(name).kind}`)).toEqual([
    'sp500 file',
    'aapl file',
    'ge file',
    'edge generated',
    'no-edge generated',
  ]);
  for (const name of DATA_NAMES) {
    expect(dataSet(name).title.includes('GENERATED')).toBe(dataSet(name).kind === 'generated');
  }
});

it.each([
  ['/somewhere/mine.csv', 'mine'],
  ['/somewhere/my bars (2).csv', 'my-bars--2-'],
  // Its versions must not be mixed with those of the shipped data.
  ['/somewhere/sp500.csv', 'file-sp500'],
  ['/somewhere/...csv', 'file-'],
])('names the models of %s %s', (path, name) => {
  expect(dataSet(path)).toMatchObject({ kind: 'file', name, path });
});

it('refuses what is neither', () => {
  expect(() => dataSet('bars.tsv')).toThrow(expect.objectContaining({ code: 'DATA_UNKNOWN' }));
});
