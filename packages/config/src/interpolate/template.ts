import { didYouMean, problem, type Result, success } from '@millrace/core';
import { isPlaceholderType, PLACEHOLDER_TYPES, type PlaceholderType } from './placeholder-type.ts';

/** A part of a text with placeholders; `offset` and `length` are those in the text. */
export type TemplatePart = { readonly kind: 'text'; readonly text: string } | Placeholder;

export type Placeholder = ParamPlaceholder | EnvPlaceholder | SecretPlaceholder;

export interface ParamPlaceholder {
  readonly kind: 'param';
  readonly name: string;
  /** As written. */
  readonly source: string;
}

export interface EnvPlaceholder {
  readonly kind: 'env';
  readonly name: string;
  /** Undefined: none was written, so it is text. */
  readonly type: PlaceholderType | undefined;
  readonly fallback: string | undefined;
  /** As written. */
  readonly source: string;
}

export interface SecretPlaceholder {
  readonly kind: 'secret';
  readonly name: string;
  /** Undefined: none was written, so it is text. */
  readonly type: PlaceholderType | undefined;
  /** As written. */
  readonly source: string;
}

export interface TemplateFault {
  readonly message: string;
  /** The text of the placeholder, as far as it can be told. */
  readonly source: string;
  readonly help?: string | undefined;
}

export const PARAM_NAME = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SECRET_NAME = /^[\w][\w./-]*$/;

/** Splits `a ${param} b ${env:NAME|int:-5} ${secret:NAME}`; `$${` stands for `${`. */
export function parseTemplate(text: string): Result<readonly TemplatePart[], TemplateFault> {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const opening = text.indexOf('${', at);
    if (opening === -1) break;
    if (opening > at && text[opening - 1] === '$') {
      literal += `${text.slice(at, opening - 1)}\${`;
      at = opening + 2;
      continue;
    }
    literal += text.slice(at, opening);
    const closing = text.indexOf('}', opening);
    if (closing === -1) {
      return problem({
        message: 'a placeholder that is not closed by "}"',
        source: text.slice(opening),
      });
    }
    const placeholder = readPlaceholder(text.slice(opening, closing + 1));
    if (!placeholder.ok) return placeholder;
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    literal = '';
    parts.push(placeholder.value);
    at = closing + 1;
  }
  literal += text.slice(at);
  if (literal !== '') parts.push({ kind: 'text', text: literal });
  return success(parts);
}

/** What a value must be written as to be read as itself: each `${` in it as `$${`. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('${', () => '$${');
}

function readPlaceholder(source: string): Result<Placeholder, TemplateFault> {
  const inner = source.slice(2, -1);
  const fault = (message: string): Result<never, TemplateFault> => problem({ message, source });
  if (inner.includes('${')) return fault('a placeholder inside a placeholder');
  const colon = inner.indexOf(':');
  if (colon === -1) {
    const name = inner.trim();
    if (PARAM_NAME.test(name)) return success({ kind: 'param', name, source });
    return fault(
      /\|/.test(name)
        ? `${source} gives a param a type, but a param has that of its value`
        : `${source} names no param`,
    );
  }
  const kind = inner.slice(0, colon).trim();
  const rest = inner.slice(colon + 1);
  if (kind === 'secret') {
    const typed = readType(rest, source);
    if (!typed.ok) return typed;
    const { name, type } = typed.value;
    if (!SECRET_NAME.test(name)) return fault(`${source} names no secret; a secret has no default`);
    return success({ kind, name, type, source });
  }
  if (kind !== 'env') {
    const help = didYouMean(kind, ['env', 'secret']);
    return problem({ message: `${source} is of an unknown kind`, source, help });
  }
  const split = rest.indexOf(':-');
  const help = split === -1 ? defaultHelp(rest) : undefined;
  if (help !== undefined)
    return problem({ message: `${source} has no ":-" before its default`, source, help });
  const typed = readType(split === -1 ? rest : rest.slice(0, split), source);
  if (!typed.ok) return typed;
  const { name, type } = typed.value;
  if (!VARIABLE_NAME.test(name)) return fault(`${source} names no environment variable`);
  const fallback = split === -1 ? undefined : rest.slice(split + 2);
  return success({ kind, name, type, fallback, source });
}

const OTHER_DEFAULT = /^([A-Za-z_]\w*(?:\s*\|\s*\w+)?)\s*(?::[=?+]?|[-=,?])(.*)$/s;

/** Other tools have `NAME:default`, `NAME-default`, `NAME=default` or `NAME, default`. */
function defaultHelp(text: string): string | undefined {
  const [, name, value] = OTHER_DEFAULT.exec(text) ?? [];
  return name === undefined || value === undefined
    ? undefined
    : `write \${env:${name}:-${value.trim()}}`;
}

interface TypedName {
  readonly name: string;
  readonly type: PlaceholderType | undefined;
}

/** `NAME` or `NAME|type`. */
function readType(text: string, source: string): Result<TypedName, TemplateFault> {
  const bar = text.indexOf('|');
  if (bar === -1) return success({ name: text, type: undefined });
  const type = text.slice(bar + 1).trim();
  if (isPlaceholderType(type)) return success({ name: text.slice(0, bar).trim(), type });
  return problem({
    message: `${source} has an unknown type ${JSON.stringify(type)}`,
    source,
    help: didYouMean(type, PLACEHOLDER_TYPES) ?? `the types are ${PLACEHOLDER_TYPES.join(', ')}`,
  });
}
