/** What a statement of TOML is made of, as far as its ends are concerned. */
export type TomlSign =
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '.'
  | '='
  | '\n'
  | 'comment'
  | 'text'
  | 'word'
  | 'end';

const SIGNS = new Set<string>(['[', ']', '{', '}', ',', '.', '=', '\n']);
const SPACES = ' \t\r';
const WORD = /[^[\]{},.=\n \t\r#"']+/y;

/** Goes from sign to sign, so that brackets and line ends inside of texts and comments are passed over. */
export class TomlScanner {
  readonly #text: string;
  #start: number;
  #end: number;

  constructor(text: string, start = 0) {
    this.#text = text;
    this.#start = start;
    this.#end = start;
  }

  /** Where the last sign starts. */
  get start(): number {
    return this.#start;
  }

  /** Behind the last sign. */
  get end(): number {
    return this.#end;
  }

  next(): TomlSign {
    let at = this.#end;
    while (SPACES.includes(this.#text[at] ?? '-')) at += 1;
    this.#start = at;
    const sign = this.#text[at];
    if (sign === undefined) return this.#upTo(at, 'end');
    if (isSign(sign)) return this.#upTo(at + 1, sign);
    if (sign === '#') return this.#upTo(this.#endOfLine(at), 'comment');
    if (sign === '"' || sign === "'") return this.#upTo(this.#endOfText(at, sign), 'text');
    WORD.lastIndex = at;
    WORD.test(this.#text);
    return this.#upTo(WORD.lastIndex, 'word');
  }

  #upTo(end: number, sign: TomlSign): TomlSign {
    this.#end = end;
    return sign;
  }

  #endOfLine(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end === -1 ? this.#text.length : end;
  }

  /** A text that is not closed ends with its line or, when it may have several, with the file. */
  #endOfText(start: number, quote: string): number {
    const isLong = this.#text.startsWith(quote.repeat(3), start);
    let at = start + (isLong ? 3 : 1);
    while (at < this.#text.length) {
      const sign = this.#text[at];
      if (sign === quote && !isLong) return at + 1;
      if (sign === quote && this.#text.startsWith(quote.repeat(3), at)) {
        // Up to two quotes more belong to the text.
        at += 3;
        for (let more = 0; more < 2 && this.#text[at] === quote; more++) at += 1;
        return at;
      }
      if (sign === '\n' && !isLong) return at;
      at += sign === '\\' && quote === '"' && this.#text[at + 1] !== '\n' ? 2 : 1;
    }
    return this.#text.length;
  }
}

function isSign(sign: string): sign is TomlSign {
  return SIGNS.has(sign);
}
