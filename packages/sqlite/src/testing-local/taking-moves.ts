import { asRunId } from '@millrace/core';

export const TAKING_RUN = asRunId('20260102-040506-takeover');
export const TAKEN_KEY = 'key';
export const UNTOLD_ARTIFACT = Buffer.from('an artifact that no record names yet');

/** What `taking-process.ts` is told to do next. */
export type Move = 'look' | 'begin' | 'store' | 'take' | 'end';
