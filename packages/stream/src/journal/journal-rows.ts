import { hash } from 'node:crypto';
import { decodeValue, type EncodedValue, type Result, viewValue } from '@millrace/core';
import type { Row } from './database.ts';
import type { AcceptedMessage, UnfinishedMessage } from './message-journal.ts';

/** Covers what stands beside the value, which has a hash of its own. */
export function sealOf(
  { seq, id, key, dedupeKey, acceptedAt }: Omit<AcceptedMessage, 'value'>,
  valueHash: string,
): string {
  return hash(
    'sha256',
    JSON.stringify([seq, id, key ?? null, dedupeKey ?? null, acceptedAt, valueHash]),
  );
}

export function toUnfinished(row: Row): UnfinishedMessage {
  const message = {
    seq: Number(row.seq),
    id: String(row.id),
    key: textOf(row.key),
    dedupeKey: textOf(row.dedupe_key),
    acceptedAt: Number(row.accepted_at),
  };
  if (sealOf(message, String(row.hash)) === row.seal)
    return { ...message, value: storedValue(row) };
  const problem = 'the row does not match its checksum';
  return { ...message, value: { ok: false, problem } };
}

/** The value of a row, or what is wrong with it. */
export function storedValue(row: Row): Result<unknown, string> {
  // The types promise less than the check that follows makes sure of.
  const encoded = {
    codec: row.codec,
    version: Number(row.version),
    ...(row.type === null ? {} : { type: row.type }),
    body: row.body,
    hash: row.hash,
    byteLength: Number(row.bytes),
  } as unknown as EncodedValue;
  const decoded = decodeValue(encoded);
  return decoded.ok
    ? { ok: true, value: viewValue(decoded.value) }
    : { ok: false, problem: decoded.problem.message };
}

export function textOf(value: Row[string] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
