import type { Problem } from '../source/problems.ts';

/** What is wrong with a placeholder, not yet tied to where it stands. */
export type PlaceholderFault = Pick<
  Problem,
  'code' | 'message' | 'got' | 'expected' | 'help' | 'related'
>;
