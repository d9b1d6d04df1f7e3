/** `other` is whatever no value begins with: the reader says what it expected instead. */
export type JsonTokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | ':'
  | 'text'
  | 'number'
  | 'word'
  | 'other'
  | 'end';

export interface JsonToken {
  readonly kind: JsonTokenKind;
  /** Offsets into the text of the file. */
  readonly start: number;
  readonly end: number;
  /** Of a text, a number, or a word without its escapes. */
  readonly value?: string | number;
}

/** Takes the text of a file apart, for one of the dialects of JSON. */
export interface JsonLexer {
  /** Undefined when a fault was reported. Behind the last one, `end` again and again. */
  next(): JsonToken | undefined;
}
