import type { EncodedValue } from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { firstFault } from './columns.ts';
import type { ReadRow } from './read-row.ts';

/** A stored body that differs is damaged: the sound one takes its place. */
export const UPSERT_VALUE = `
  INSERT INTO "values" (hash, codec, version, type, byte_length, body) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET
    codec = excluded.codec, version = excluded.version, type = excluded.type,
    byte_length = excluded.byte_length, body = excluded.body
  WHERE body IS NOT excluded.body OR codec IS NOT excluded.codec OR type IS NOT excluded.type
    OR version IS NOT excluded.version OR byte_length IS NOT excluded.byte_length`;

export const SELECT_VALUE = `
  SELECT hash, codec, version, type, byte_length, body FROM "values" WHERE hash = ?`;

/** @param body null when it lies in a file */
export function valueColumns(value: EncodedValue, body: EncodedValue['body'] | null): SqlValue[] {
  const type = value.codec === 'bytes' ? value.type : null;
  return [value.hash, value.codec, value.version, type, value.byteLength, body];
}

/** Where the body of a value comes from when its row has none. */
export interface BodyFiles {
  read(hash: string): Buffer<ArrayBuffer> | undefined;
  pathOf(hash: string): string;
}

const commonColumns = { hash: z.string(), version: z.literal(1), byte_length: z.int().min(0) };

type EncodedBytes = Extract<EncodedValue, { codec: 'bytes' }>;

const valueRow = z.discriminatedUnion('codec', [
  z.object({
    ...commonColumns,
    codec: z.enum(['json', 'devalue']),
    type: z.null(),
    body: z.string().nullable(),
  }),
  z.object({
    ...commonColumns,
    codec: z.literal('bytes'),
    type: z.custom<EncodedBytes['type']>((type) => typeof type === 'string', 'is no text'),
    body: z.custom<Uint8Array<ArrayBuffer>>((body) => body instanceof Uint8Array).nullable(),
  }),
]);

/**
 * The bytes are not checked here but by the codec, against the hash; only the length of a file is, because the codec
 * cannot name the file.
 */
export function readValueRow(row: Row, files: BodyFiles | undefined): ReadRow<EncodedValue> {
  const parsed = valueRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const { data } = parsed;
  const { hash, version, byte_length: byteLength } = data;
  const head = { hash, version, byteLength };
  const file = data.body === null ? files?.read(hash) : undefined;
  if (data.body === null && file?.length !== byteLength) {
    return { ok: false, problem: fileFault(hash, byteLength, { files, file }) };
  }
  if (data.codec === 'bytes') {
    const body = data.body ?? bytesOf(file);
    return { ok: true, value: { ...head, codec: data.codec, type: data.type, body } };
  }
  const body = data.body ?? file?.toString('utf8') ?? '';
  return { ok: true, value: { ...head, codec: data.codec, body } };
}

function bytesOf(file: Buffer<ArrayBuffer> = Buffer.alloc(0)): Uint8Array<ArrayBuffer> {
  return new Uint8Array(file.buffer, file.byteOffset, file.length);
}

function fileFault(
  hash: string,
  byteLength: number,
  { files, file }: { readonly files: BodyFiles | undefined; readonly file: Buffer | undefined },
): string {
  const name =
    files === undefined ? 'its artifact file' : `its artifact file ${files.pathOf(hash)}`;
  if (file === undefined) return `${name} is missing`;
  return `${name} has ${file.length} bytes instead of ${byteLength}`;
}
