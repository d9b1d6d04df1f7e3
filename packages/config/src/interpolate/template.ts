import { problem, type Result, success } from '@millrace/core';

/** A part of a text with placeholders; `offset` and `length` are those in the text. */
export type TemplatePart = { readonly kind: 'text'; readonly text: string } | Placeholder;

export type Placeholder = (
  | { readonly kind: 'param'; readonly name: string }
  | { readonly kind: 'env'; readonly name: string; readonly fallback: string | undefined }
  | { readonly kind: 'secret'; readonly name: string }
) & { readonly source: string };

export interface TemplateFault {
  readonly message: string;
  /** The text of the placeholder, as far as it can be told. */
  readonly source: string;
}

export const PARAM_NAME = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SECRET_NAME = /^[\w][\w./-]*$/;

/** Splits `a ${param} b ${env:NAME:-default} ${secret:NAME}`; `$${` stands for `${`. */
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

function readPlaceholder(source: string): Result<Placeholder, TemplateFault> {
  const inner = source.slice(2, -1);
  const fault = (message: string): Result<never, TemplateFault> => problem({ message, source });
  if (inner.includes('${')) return fault('a placeholder inside a placeholder');
  const colon = inner.indexOf(':');
  if (colon === -1) {
    const name = inner.trim();
    if (!PARAM_NAME.test(name)) return fault(`${source} names no param`);
    return success({ kind: 'param', name, source });
  }
  const kind = inner.slice(0, colon).trim();
  const rest = inner.slice(colon + 1);
  if (kind === 'secret') {
    if (!SECRET_NAME.test(rest)) return fault(`${source} names no secret; a secret has no default`);
    return success({ kind, name: rest, source });
  }
  if (kind !== 'env') return fault(`${source} is of an unknown kind`);
  const split = rest.indexOf(':-');
  const name = split === -1 ? rest : rest.slice(0, split);
  if (!VARIABLE_NAME.test(name)) return fault(`${source} names no environment variable`);
  return success({
    kind,
    name,
    fallback: split === -1 ? undefined : rest.slice(split + 2),
    source,
  });
}
