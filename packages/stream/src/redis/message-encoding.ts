/** How a message is written as text, and read again. */
export interface MessageEncoding<T> {
  /** Default: JSON. */
  readonly encode?: (value: T) => string;
}

/** How a message is read from text. */
export interface MessageDecoding<T> {
  /** Default: JSON, as it is. What it throws says why the text is no message. */
  readonly decode?: (text: string) => T;
}

export function encoderOf<T>({ encode }: MessageEncoding<T>): (value: T) => string {
  return encode ?? ((value) => JSON.stringify(value));
}

export function decoderOf<T>({ decode }: MessageDecoding<T>): (text: string) => T {
  return decode ?? ((text) => JSON.parse(text) as T);
}
