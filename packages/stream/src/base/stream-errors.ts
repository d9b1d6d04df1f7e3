import type { ErrorCatalog } from '@millrace/core';

/** Codes of all that the package throws. */
export const STREAM_ERRORS = {
  REDIS_UNREACHABLE: {
    title: 'Redis does not answer',
    when: 'The connection to Redis cannot be made, or is lost, and the time that was given to wait for it is over.',
    fix: 'See that the server runs and that the address in the message is right; it is tried again with growing pauses as long as the connection is open.',
  },
  REDIS_ADDRESS_INVALID: {
    title: 'This is no address of a Redis',
    when: 'A connection is given something else than an address that begins with `redis://` or `rediss://` and names a host.',
    fix: 'Write it as `redis://user:password@host:6379/0`; user, password, port and database may be left out.',
  },
  REDIS_REFUSED: {
    title: 'Redis answers with an error',
    when: 'The server is there and refuses a command: a key holds another type, the user lacks a right, or the memory is full. What it says is in the message.',
    fix: 'Look up the answer in the documentation of Redis; the command has changed nothing.',
  },
  REDIS_MESSAGE_INVALID: {
    title: 'An entry of Redis is no message',
    when: 'An entry of a stream has no field with the message, or what came over a channel is not in the form that the source reads.',
    fix: 'See who writes there; the message names the entry. Give the source a `decode` that reads the form, or another stream.',
  },
} as const satisfies ErrorCatalog;

/** A code of {@link STREAM_ERRORS}. */
export type StreamErrorCode = keyof typeof STREAM_ERRORS;
