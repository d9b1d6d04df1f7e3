import type { ConfigSource } from '../source/config-source.ts';
import type { Problem } from '../source/problems.ts';
import { MAX_DEPTH } from '../tree/config-node.ts';
import { TomlScanner, type TomlSign } from './toml-scanner.ts';
import type { ValueBudget } from './value-budget.ts';

/** The parser hands each sign of a text over as an argument, and the stack holds some 100,000 of them. */
const LONGEST_TEXT = 32 * 1024;
/** It makes an integer of any size of a number, which takes more than proportional time. */
const LONGEST_WORD = 1024;
/** The parser takes more than 1 kB for a value. */
const MAX_VALUES = 20_000;

/** One header, or one key with its value: what the parser is given at a time. */
export interface TomlStatement {
  readonly start: number;
  readonly end: number;
  /** Why it was cut off here, unless what stands before is at fault: then a bracket was forgotten. */
  readonly excess: Problem | undefined;
}

/**
 * Cuts a file into statements, so that the parser, which makes objects of every sign and recurses into
 * brackets, is never given more than it can bear.
 */
export class TomlStatements {
  readonly #source: ConfigSource;
  readonly #budget: ValueBudget;
  readonly #scanner: TomlScanner;

  constructor(source: ConfigSource, budget: ValueBudget) {
    this.#source = source;
    this.#budget = budget;
    this.#scanner = new TomlScanner(source.text);
  }

  /** Undefined behind the last one, and when the budget is spent. */
  next(): TomlStatement | undefined {
    const scanner = this.#scanner;
    let sign = scanner.next();
    while (sign === '\n' || sign === 'comment') sign = scanner.next();
    if (sign === 'end' || !this.#budget.spend(scanner.start)) return undefined;
    const { start } = scanner;
    let depth = 0;
    let values = 0;
    let end = start;
    while (sign !== 'end' && (sign !== '\n' || depth > 0)) {
      if (sign === '[' || sign === '{') depth += 1;
      else if (sign === ']' || sign === '}') depth -= 1;
      if (isCostly(sign)) {
        values += 1;
        if (!this.#budget.spend(scanner.start)) return undefined;
      }
      const excess = this.#excess(depth, values) ?? this.#excessLength(sign, start);
      if (excess !== undefined) return { start, end, excess };
      ({ end } = scanner);
      sign = scanner.next();
    }
    return { start, end, excess: undefined };
  }

  #excess(depth: number, values: number): Problem | undefined {
    const { start } = this.#scanner;
    const at = this.#source.span(start, start + 1);
    if (depth > MAX_DEPTH) {
      const message = `values are nested deeper than ${MAX_DEPTH} levels`;
      return { code: 'CONFIG_TOO_DEEP', message, at };
    }
    if (values <= MAX_VALUES) return undefined;
    return {
      code: 'CONFIG_TOO_MANY_VALUES',
      message: `one entry holds more than ${MAX_VALUES} values`,
      at,
      help: 'keep data in files that stages read, or give each stage a table of its own',
    };
  }

  #excessLength(sign: TomlSign, statement: number): Problem | undefined {
    const length = this.#scanner.end - this.#scanner.start;
    const code = 'CONFIG_TEXT_TOO_LONG';
    // The key says more than a beginning of the text.
    const at = this.#source.span(statement, statement + 1);
    const got = `${length} characters`;
    if (sign === 'text' && length > LONGEST_TEXT) {
      const message = `a text is longer than ${LONGEST_TEXT} characters, or is not closed`;
      const help = 'close it, or keep it in a file that a stage reads';
      return { code, message, at, got, help };
    }
    if (sign === 'word' && length > LONGEST_WORD) {
      const message = `a key or number is longer than ${LONGEST_WORD} characters`;
      return { code, message, at, got, help: 'put text in quotes' };
    }
    return undefined;
  }
}

function isCostly(sign: TomlSign): boolean {
  return sign === '[' || sign === '{' || sign === ',' || sign === '.' || sign === 'comment';
}
