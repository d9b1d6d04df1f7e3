import { describe, expect, it } from '@jest/globals';
import { ConsensusRules, findConsensus } from './find-consensus.ts';

const rules = ConsensusRules.parse({});
const batch = (bullish: number, neutral: number, bearish: number) => [
  ...Array.from({ length: bullish }, () => ({
    ...{ direction: 'bullish' as const, sentiment: 0.75, confidence: 0.75 },
  })),
  ...Array.from({ length: neutral }, () => ({
    ...{ direction: 'neutral' as const, sentiment: 0.5, confidence: 0.5 },
  })),
  ...Array.from({ length: bearish }, () => ({
    ...{ direction: 'bearish' as const, sentiment: 0.25, confidence: 0.25 },
  })),
];

describe('consensus', () => {
  it('of five out of eight is .625, and acts with the mean confidence', () => {
    // (5 x .75 + 1 x .5 + 2 x .25) / 8 = 4.75 / 8.
    expect(findConsensus(batch(5, 1, 2), rules)).toEqual({
      ...{ direction: 'bullish', share: 0.625, confidence: 0.59375, sentiment: 0.75, acts: true },
    });
  });

  it.each([
    [3, 0, 2, 'bullish', true],
    [1, 0, 4, 'bearish', true],
    [0, 3, 2, 'neutral', true],
    [4, 3, 0, 'bullish', false],
    [2, 0, 2, 'bearish', false],
    [1, 1, 1, 'bearish', false],
    [1, 0, 0, 'bullish', true],
  ])(
    'of %s bullish, %s neutral and %s bearish is %s and acts: %s',
    (up, none, down, side, acts) => {
      expect(findConsensus(batch(up, none, down), rules)).toMatchObject({ direction: side, acts });
    },
  );

  it('of no messages is neutral and does not act', () => {
    expect(findConsensus([], rules)).toMatchObject({ direction: 'neutral', share: 0, acts: false });
  });

  it('is never that of half: a smaller share is refused in the config', () => {
    expect(ConsensusRules.safeParse({ minShare: 0.5 }).success).toBe(false);
  });
});
