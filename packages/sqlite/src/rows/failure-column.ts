import type { FailureRecord } from '@millrace/core';
import { z } from '../zod.ts';
import { jsonColumn } from './columns.ts';

const failureShape = z.looseObject({
  reason: z.string(),
  code: z.string(),
  phase: z.string(),
  message: z.string(),
});

/** The record is handed on as it is: fields that a newer Millrace added are kept. */
export const anyFailure = z.custom<FailureRecord>(
  (value) => failureShape.safeParse(value).success,
  'is no failure',
);

export const failureColumn = jsonColumn(anyFailure).nullable();

export function failureText(failure: FailureRecord | undefined): string | null {
  return failure === undefined ? null : JSON.stringify(failure);
}
