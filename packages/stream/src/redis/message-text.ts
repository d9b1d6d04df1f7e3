/** How a message is written as text, and read again. */
export interface MessageText<T> {
  /** Default: JSON. */
  readonly encode?: (value: T) => string;
}

/** How a message is read from text. */
export interface MessageReading<T> {
  /** Default: JSON, as it is. What it throws says why the text is no message. */
  readonly decode?: (text: string) => T;
}

export function encoderOf<T>({ encode }: MessageText<T>): (value: T) => string {
  return encode ?? ((value) => JSON.stringify(value));
}

export function decoderOf<T>({ decode }: MessageReading<T>): (text: string) => T {
  return decode ?? ((text) => JSON.parse(text) as T);
}
