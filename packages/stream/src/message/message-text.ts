import { decodeValue, type EncodedValue, type Result, viewValue } from '@millrace/core';

/** A message as one line of a file. */
export function toLine(encoded: EncodedValue, fields: readonly unknown[]): string {
  const { codec, version, hash, byteLength } = encoded;
  const isBytes = encoded.codec === 'bytes';
  const type = isBytes ? encoded.type : null;
  const body = isBytes ? Buffer.from(encoded.body).toString('base64') : encoded.body;
  return `${JSON.stringify([codec, version, type, hash, byteLength, body, ...fields])}\n`;
}

/** The value of such a line and its fields. @throws SyntaxError where it is no such line */
export function fromLine(line: string): readonly [Result<unknown, string>, readonly unknown[]] {
  const [codec, version, type, hash, byteLength, body, ...fields] = JSON.parse(line);
  const given = codec === 'bytes' ? Uint8Array.from(Buffer.from(body, 'base64')) : body;
  const encoded = { codec, version, type: type ?? undefined, hash, byteLength, body: given };
  const decoded = decodeValue(encoded as EncodedValue);
  const value: Result<unknown, string> = decoded.ok
    ? { ok: true, value: viewValue(decoded.value) }
    : { ok: false, problem: decoded.problem.message };
  return [value, fields];
}
