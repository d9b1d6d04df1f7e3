import { describe, expect, it } from '@jest/globals';
import { RESUMABLE_STATUSES, RUN_STATUSES, STAGE_STATUSES } from './statuses.ts';

describe('statuses', () => {
  it('are named once each', () => {
    expect(new Set(STAGE_STATUSES).size).toBe(8);
    expect(new Set(RUN_STATUSES).size).toBe(5);
  });

  it('let every run be resumed but one that succeeded', () => {
    const rest = RUN_STATUSES.filter((status) => !RESUMABLE_STATUSES.includes(status));
    expect(rest).toEqual(['succeeded']);
  });
});
