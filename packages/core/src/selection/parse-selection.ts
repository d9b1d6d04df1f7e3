import { exactAtom } from './parse-atom.ts';
import { parseTerm } from './parse-term.ts';
import type { IsStage, SelectionPart, SelectionTerm, SyntaxFault } from './selection-term.ts';
import { isSpace, termEnd } from './term-end.ts';

export interface ParsedSelection {
  readonly parts: readonly SelectionPart[];
  /** In the order of the text. With faults, `parts` holds what is sound. */
  readonly faults: readonly SyntaxFault[];
}

/**
 * Parts that white space separates, each of terms that commas separate. A stage id that stands there to
 * the letter wins over any other reading, be it the whole text, a part, a term or an atom. O(length).
 */
export function parseSelection(text: string, isStage: IsStage): ParsedSelection {
  const whole = text.trim();
  if (isStage(whole)) {
    const start = text.length - text.trimStart().length;
    return { parts: [exactPart(whole, start)], faults: [] };
  }
  return new SelectionReader(text, isStage).read();
}

class SelectionReader {
  readonly #text: string;
  readonly #isStage: IsStage;
  readonly #faults: SyntaxFault[] = [];
  #at = 0;

  constructor(text: string, isStage: IsStage) {
    this.#text = text;
    this.#isStage = isStage;
  }

  read(): ParsedSelection {
    const parts: SelectionPart[] = [];
    for (this.#skipSpace(); this.#at < this.#text.length; this.#skipSpace()) {
      const part = this.#readPart();
      if (part.terms.length > 0) parts.push(part);
    }
    if (parts.length === 0 && this.#faults.length === 0) this.#faults.push(EMPTY_TEXT);
    return { parts, faults: this.#faults };
  }

  #readPart(): SelectionPart {
    const start = this.#at;
    const exact = this.#takeStage(false);
    if (exact !== undefined) return exactPart(exact, start);
    const terms: SelectionTerm[] = [];
    for (;;) {
      const term = this.#readTerm();
      if (term !== undefined) terms.push(term);
      if (this.#text[this.#at] !== ',') break;
      this.#at++;
    }
    return { text: this.#text.slice(start, this.#at), terms };
  }

  #readTerm(): SelectionTerm | undefined {
    const start = this.#at;
    const exact = this.#takeStage(true);
    if (exact !== undefined) return exactTerm(exact, start);
    const end = termEnd(this.#text, start);
    if (!end.ok) {
      this.#at = this.#text.length;
      return this.#refuse(end.problem);
    }
    this.#at = end.value;
    if (end.value === start) {
      return this.#refuse(looseComma(this.#text[start] === ',' ? start + 1 : start));
    }
    const term = parseTerm(this.#text.slice(start, end.value), start, this.#isStage);
    return term.ok ? term.value : this.#refuse(term.problem);
  }

  /** The next letters up to white space, or to a comma too, if they are a stage id. */
  #takeStage(untilComma: boolean): string | undefined {
    let end = this.#at;
    while (end < this.#text.length && !isSpace(this.#text, end)) {
      if (untilComma && this.#text[end] === ',') break;
      end++;
    }
    const word = this.#text.slice(this.#at, end);
    if (!this.#isStage(word)) return undefined;
    this.#at = end;
    return word;
  }

  #skipSpace(): void {
    while (isSpace(this.#text, this.#at)) this.#at++;
  }

  #refuse(fault: SyntaxFault): undefined {
    // A comma with nothing on either side is still one fault.
    if (this.#faults.at(-1)?.column !== fault.column) this.#faults.push(fault);
  }
}

function exactPart(id: string, start: number): SelectionPart {
  return { text: id, terms: [exactTerm(id, start)] };
}

function exactTerm(id: string, start: number): SelectionTerm {
  return { text: id, column: start + 1, ancestors: 0, descendants: 0, atom: exactAtom(id) };
}

const EMPTY_TEXT: SyntaxFault = {
  column: 1,
  message: 'the text names no stage',
  help: 'write a stage id, a glob such as "in*", tag:NAME or state:STATE; leave it out to mean all stages',
};

function looseComma(column: number): SyntaxFault {
  return {
    column,
    message: `nothing stands beside the comma at column ${column}`,
    help: 'a comma, without spaces, takes the stages that fit both sides; a space alone takes either',
  };
}
