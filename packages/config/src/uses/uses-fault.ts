import type { Problem } from '../source/problems.ts';

/** A fault of a `uses`, not yet tied to the stages that use it. */
export type UsesFault = Pick<Problem, 'code' | 'message' | 'got' | 'expected' | 'help'>;
