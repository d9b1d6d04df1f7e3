import { describe, expect, it } from '@jest/globals';
import { namedHashes } from './named-hashes.ts';

const HASH = 'ab01'.repeat(16);

describe('namedHashes', () => {
  it('finds a hash wherever it stands in a text', () => {
    expect([...namedHashes(`{"artifact":"${HASH}","name":"x"}`)]).toEqual([HASH]);
    expect([...namedHashes(`s3://${HASH}/${'0'.repeat(64)}.csv`)]).toEqual([HASH, '0'.repeat(64)]);
  });

  it('finds one that other digits touch', () => {
    expect([...namedHashes(`1f${HASH}e`)]).toContain(HASH);
  });

  it('finds none in a text without 64 digits in a row', () => {
    expect([...namedHashes(`${HASH.slice(1)} g ${HASH.toUpperCase()}`)]).toEqual([]);
    expect([...namedHashes('')]).toEqual([]);
  });
});
