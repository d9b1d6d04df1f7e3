import type { ErrorCatalog } from '@millrace/core';

/** Codes of all that the package throws. */
export const STREAM_ERRORS = {
  REDIS_UNREACHABLE: {
    title: 'Redis does not answer',
    when: 'The connection to Redis cannot be made, or is lost, and the time that was given to wait for it is over.',
    fix: 'See that the server runs and that the address in the message is right; it is tried again with growing pauses as long as the connection is open.',
  },
  REDIS_MESSAGE_INVALID: {
    title: 'An entry of Redis is no message',
    when: 'An entry of a stream has no field with the message, or what came over a channel is not in the form that the source reads.',
    fix: 'See who writes there; the message names the entry. Give the source a `decode` that reads the form, or another stream.',
  },
} as const satisfies ErrorCatalog;

/** A code of {@link STREAM_ERRORS}. */
export type StreamErrorCode = keyof typeof STREAM_ERRORS;
