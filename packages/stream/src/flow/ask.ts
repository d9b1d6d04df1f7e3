import { toThrownRecord } from '@millrace/core';
import type { MessageFailure } from '../message/message-failure.ts';

export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: MessageFailure };

/** Calls a function of the application; what it throws fails the message and nothing else. */
export function ask<T>(name: string, call: () => T): Asked<T> {
  try {
    return { ok: true, value: call() };
  } catch (error) {
    const thrown = toThrownRecord(error);
    const message = `${name} of the stream threw: ${thrown.message}`;
    return { ok: false, failure: { code: 'STREAM_FUNCTION_FAILED', message, thrown } };
  }
}

/** It gave back what it may not. */
export function wrongAnswer(name: string, expected: string, got: string): MessageFailure {
  const message = `${name} of the stream gave ${got}; expected ${expected}`;
  return { code: 'STREAM_FUNCTION_FAILED', message };
}
