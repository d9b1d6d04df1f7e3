import type { Result } from '@millrace/core';
import type { Row } from '../database.ts';

/** A record, or why its row cannot be trusted. */
export type ReadRow<Value> = Result<Value, string>;

/** Of a row whose checksum does not match. */
export const DAMAGED = { ok: false, problem: 'its checksum does not match' } as const;

/** The sound records. The others are reported and left out. */
export function readRows<Value>(
  rows: Iterable<Row>,
  read: (row: Row) => ReadRow<Value>,
  report: (row: Row, reason: string) => void,
): readonly Value[] {
  const values: Value[] = [];
  for (const row of rows) {
    const result = read(row);
    if (result.ok) values.push(result.value);
    else report(row, result.problem);
  }
  return values;
}
