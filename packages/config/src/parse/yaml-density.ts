import type { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import { FREE_ENTRIES, ValueBudget } from './value-budget.ts';

const LINE_END = 10;
const SPACE = 32;
const EXCLAMATION_MARK = 33;
const HASH = 35;
const APOSTROPHE = 39;
const COMMA = 44;
const DASH = 45;
const QUESTION_MARK = 63;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Lines that start in the same column, with none further left between them. */
interface Level {
  readonly indent: number;
  /** Lines that are no items of a list. */
  lines: number;
  /** Where the last of those starts. */
  line: number | undefined;
  /** Items of the list behind that line. */
  items: number;
}

interface Bracket {
  readonly start: number;
  commas: number;
}

/** Keys of what has an entry for each stage. */
const STAGE_KEY = /(?:stages|needs)(?=["']?\s*:)/y;
const STAGE_KEY_BEFORE = /(stages|needs)["']?\s*:\s*$/;
/** The parser matches tags with an expression that ends the stack at some millions of signs. */
const LONGEST_TAG = 10_000;
const TAG_END = /[\s,[\]{}]/g;
/** Enough for one of them and some space. */
const LONGEST_KEY = 40;

/**
 * Refuses, before the parser makes an object of everything, a text that holds absurdly much. It counts
 * the signs that values begin with wherever they stand, also inside quotes and comments: whoever wants to
 * deceive it can only make it count more. Bounded in memory by the nesting of the text.
 */
export function hasYamlDensity(source: ConfigSource, problems: Problems): boolean {
  return new YamlDensity(source, problems).check();
}

class YamlDensity {
  readonly #source: ConfigSource;
  readonly #text: string;
  readonly #problems: Problems;
  readonly #budget: ValueBudget;
  /** Outermost first. */
  readonly #levels: Level[] = [];
  /** Those that are open, outermost first. */
  readonly #brackets: Bracket[] = [];
  #tagEnd = 0;

  constructor(source: ConfigSource, problems: Problems) {
    this.#source = source;
    this.#text = source.text;
    this.#problems = problems;
    this.#budget = new ValueBudget(source, problems);
  }

  check(): boolean {
    const text = this.#text;
    if (!this.#line(0)) return false;
    for (let at = 0; at < text.length; at++) {
      const sign = text.charCodeAt(at);
      if (sign === CLOSE_BRACKET || sign === CLOSE_BRACE) this.#brackets.pop();
      if (sign === EXCLAMATION_MARK && !this.#tag(at)) return false;
      if (!this.#begins(sign, at)) continue;
      if (!this.#budget.spend(at)) return false;
      if (sign === LINE_END && !this.#line(at + 1)) return false;
      if (sign === COMMA && !this.#comma(at)) return false;
      if (sign === OPEN_BRACKET || sign === OPEN_BRACE)
        this.#brackets.push({ start: at, commas: 0 });
    }
    return true;
  }

  /** Whether the sign makes the parser, or the reader of a text, begin something new. */
  #begins(sign: number, at: number): boolean {
    switch (sign) {
      case LINE_END:
      case COMMA:
      case OPEN_BRACKET:
      case OPEN_BRACE:
      case BACKSLASH:
        return true;
      case DASH:
      case QUESTION_MARK:
        return this.#text.charCodeAt(at + 1) === SPACE;
      case APOSTROPHE:
        return this.#text.charCodeAt(at + 1) === APOSTROPHE;
      default:
        return false;
    }
  }

  #tag(at: number): boolean {
    if (at < this.#tagEnd) return true;
    TAG_END.lastIndex = at;
    this.#tagEnd = TAG_END.test(this.#text) ? TAG_END.lastIndex : this.#text.length;
    if (this.#tagEnd - at <= LONGEST_TAG) return true;
    this.#problems.report({
      code: 'CONFIG_TAG',
      message: `a tag is longer than ${LONGEST_TAG} characters`,
      at: this.#source.span(at, at + 1),
    });
    return false;
  }

  #line(start: number): boolean {
    let at = start;
    while (this.#text.charCodeAt(at) === SPACE) at += 1;
    const first = this.#text.charCodeAt(at);
    if (Number.isNaN(first) || first === LINE_END || first === HASH) return true;
    const level = this.#level(at - start);
    if (first === DASH && this.#isGap(at + 1)) {
      level.items += 1;
      // A list may stand right below its key, without being indented.
      return this.#admits(level.items, at, level.line ?? this.#outerLine());
    }
    level.lines += 1;
    level.line = at;
    level.items = 0;
    return this.#admits(level.lines, at, this.#outerLine());
  }

  /** @param line of the key that the entries belong to */
  #admits(entries: number, at: number, line: number | undefined): boolean {
    if (entries <= FREE_ENTRIES) return true;
    return this.#budget.admits(entries, at, this.#keyAt(line) ?? this.#bracketKey());
  }

  #level(indent: number): Level {
    let level = this.#levels.at(-1);
    while (level !== undefined && level.indent > indent) {
      this.#levels.pop();
      level = this.#levels.at(-1);
    }
    if (level?.indent === indent) return level;
    const added = { indent, lines: 0, line: undefined, items: 0 };
    this.#levels.push(added);
    return added;
  }

  /** The line that the lines of the innermost level belong to. */
  #outerLine(): number | undefined {
    return this.#levels.at(-2)?.line;
  }

  #keyAt(line: number | undefined): string | undefined {
    if (line === undefined) return undefined;
    const quote = this.#text[line];
    STAGE_KEY.lastIndex = quote === '"' || quote === "'" ? line + 1 : line;
    return STAGE_KEY.exec(this.#text)?.[0];
  }

  #comma(at: number): boolean {
    const bracket = this.#brackets.at(-1);
    if (bracket === undefined) return true;
    bracket.commas += 1;
    const { commas } = bracket;
    return commas <= FREE_ENTRIES || this.#budget.admits(commas, at, this.#bracketKey());
  }

  /** The key of the innermost bracket, if it has an entry for each stage. */
  #bracketKey(): string | undefined {
    const start = this.#brackets.at(-1)?.start ?? 0;
    const before = this.#text.slice(Math.max(0, start - LONGEST_KEY), start);
    return STAGE_KEY_BEFORE.exec(before)?.[1];
  }

  #isGap(at: number): boolean {
    const sign = this.#text.charCodeAt(at);
    return sign === SPACE || sign === LINE_END;
  }
}
