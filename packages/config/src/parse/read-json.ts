import type { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { JSON_STRICT, JSON5, JSONC, type JsonDialect } from './json-dialect.ts';
import { JsonReader } from './json-reader.ts';
import { RelaxedJsonLexer } from './relaxed-json-lexer.ts';
import { StrictJsonLexer } from './strict-json-lexer.ts';
import { ValueBudget } from './value-budget.ts';

/** Reads JSON to the letter, with places; undefined once something cannot be read. */
export function readJson(source: ConfigSource, problems: Problems): ConfigNode | undefined {
  const lexer = new StrictJsonLexer(source, problems);
  const budget = new ValueBudget(source, problems);
  return new JsonReader({ source, problems, lexer, budget, dialect: JSON_STRICT }).read();
}

/** The same for JSON with comments. */
export function readJsonc(source: ConfigSource, problems: Problems): ConfigNode | undefined {
  return readRelaxed(source, problems, JSONC);
}

/** The same for JSON5. */
export function readJson5(source: ConfigSource, problems: Problems): ConfigNode | undefined {
  return readRelaxed(source, problems, JSON5);
}

function readRelaxed(
  source: ConfigSource,
  problems: Problems,
  dialect: JsonDialect,
): ConfigNode | undefined {
  const budget = new ValueBudget(source, problems);
  const lexer = new RelaxedJsonLexer({ source, problems, budget, dialect });
  return new JsonReader({ source, problems, lexer, budget, dialect }).read();
}
