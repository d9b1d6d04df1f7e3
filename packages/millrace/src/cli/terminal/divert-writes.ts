import type { Redact } from './redact.ts';

interface Diversion {
  readonly redact: Redact;
  /** The stream's own way to write. */
  readonly write: NodeJS.WriteStream['write'];
  /** Gets redacted texts instead of the stream. Undefined: the stream does. */
  readonly receive: ((text: string) => void) | undefined;
}

/** Puts redaction, and `receive` where there is one, in the place of a stream's own way to write. */
export function divertWrites(
  stream: NodeJS.WriteStream,
  { redact, write: writeOut, receive }: Diversion,
): void {
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const text = textOf(chunk, rest[0]);
    const redacted = redact(text);
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    // Bytes that are no text would not survive being read as one.
    const isSame = redacted === text && typeof chunk !== 'string';
    if (receive === undefined) return writeOut(isSame ? chunk : redacted);
    receive(redacted);
    return true;
  };
  Object.defineProperty(stream, 'write', { value: write, configurable: true, writable: true });
}

function textOf(chunk: string | Uint8Array, encoding: unknown): string {
  if (typeof chunk !== 'string') return Buffer.from(chunk).toString();
  return typeof encoding === 'string' && Buffer.isEncoding(encoding)
    ? Buffer.from(chunk, encoding).toString()
    : chunk;
}
