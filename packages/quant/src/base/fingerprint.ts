import { createHash } from 'node:crypto';

/** Numbers in columns, by name. */
export type Columns = Readonly<Record<string, ArrayBufferView>>;

/** SHA-256 of the columns: their names, in order, and the bytes of their values. Hexadecimal. */
export function fingerprint(columns: Columns): string {
  const hash = createHash('sha256');
  for (const [name, column] of Object.entries(columns)) {
    hash.update(`${name}:${column.byteLength}\n`);
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest('hex');
}
