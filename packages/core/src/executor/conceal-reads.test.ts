import { expect, it } from '@jest/globals';
import { concealReads } from './conceal-reads.ts';

const holdsSecret = (text: string): boolean => text.includes('hunter2');

it('what an attempt looked at is told by name as long as no name holds a secret', () => {
  const reads = { params: ['window'], keys: ['bars'], listedKeys: false };
  expect(concealReads(reads, holdsSecret)).toEqual(reads);
  expect(concealReads({ ...reads, params: undefined }, undefined).params).toBeUndefined();
});

it('a key with a secret in its name counts as a look at the names of all keys', () => {
  const reads = { params: [], keys: ['bars', 'of hunter2'], listedKeys: false };
  expect(concealReads(reads, holdsSecret)).toEqual({
    params: [],
    keys: ['bars'],
    listedKeys: true,
  });
});

it('a param with a secret in its name counts as a look at all params', () => {
  const reads = { params: ['table', 'table.hunter2'], keys: [], listedKeys: false };
  expect(concealReads(reads, holdsSecret)).toEqual({
    params: undefined,
    keys: [],
    listedKeys: false,
  });
});
